// SPDX-License-Identifier: Apache-2.0
import Domain

/// What of a change this version does not know, and a harmless sample of it.
enum ChangeNovelties {
    static func keys(of value: MetaJSON, _ field: String) -> [NoveltyKey] {
        MetaVocabulary.novelties(inWebhook: field, value: field == "messages" ? kinds(in: value) : value.json)
    }

    /// Bulk traffic is looked at only as far as its kinds go.
    private static func kinds(in value: MetaJSON) -> JSONValue {
        func list(_ name: String, _ member: String) -> JSONValue {
            .array((value[name]?.elements ?? []).map { [member: .text($0[member]?.text)] })
        }
        return ["messages": list("messages", "type"), "statuses": list("statuses", "status")]
    }

    /// The `value` of a change in its shape alone; nothing of people's messages.
    static func sample(of change: SplitChange) -> String? {
        guard let value = (try? MetaJSONReader.read(change.bytes))?["value"] else { return nil }
        return (change.field == "messages" ? kinds(in: value) : value.json).harmless.text
    }
}

extension MetaJSON {
    /// Numbers stay whole numbers where they are, else text.
    fileprivate var json: JSONValue {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let text): Int64(text).map { .integer($0) } ?? .string(text)
        case .string(let text): .string(text)
        case .array(let items): .array(items.map(\.json))
        case .object(let members): .object(Dictionary(members.map { ($0.key, $0.value.json) }) { $1 })
        }
    }
}
