// SPDX-License-Identifier: Apache-2.0

/// Says what of an answer or a webhook of Meta this version does not know. Pure; the words are in ``MetaWords``.
package enum MetaVocabulary {
    /// Whether anything of the operation's answers is looked at.
    package static func watches(_ operation: String) -> Bool { MetaWords.members(of: operation) != nil }

    /// Operations whose answers are not looked at, because no reference says what they hold.
    package static var undocumentedOperations: Set<String> { MetaWords.undocumented }

    /// Members and values of one Graph answer. Operations that the tables do not have are not looked at.
    package static func novelties(inAnswer json: JSONValue, of operation: String) -> [NoveltyKey] {
        guard let members = MetaWords.members(of: operation) else { return [] }
        var walk = Walk(place: operation, members: members.union(MetaWords.everywhere), values: MetaWords.answerValues)
        walk.look(at: json, path: "")
        return walk.found
    }

    /// `value` of one change. Of bulk traffic only the types of messages and statuses are looked at.
    package static func novelties(inWebhook field: String, value: JSONValue) -> [NoveltyKey] {
        guard MetaWords.webhookFields.contains(field) else {
            return [NoveltyKey(.event, "webhook", word(field) ?? "other")]
        }
        let place = "webhook \(field)"
        if MetaWords.bulkFields.contains(field) { return field == "messages" ? kinds(of: value, place) : [] }
        var found: [NoveltyKey] = []
        if case .string(let event)? = value.member("event"), let known = MetaWords.events(of: field),
            !known.contains(event)
        {
            found.append(NoveltyKey(.event, place, word(event) ?? "other"))
        }
        var walk = Walk(place: place, members: MetaWords.members(ofWebhook: field), values: MetaWords.webhookValues)
        walk.look(at: value, path: "")
        return found + walk.found
    }

    private static func kinds(of value: JSONValue, _ place: String) -> [NoveltyKey] {
        var found: [NoveltyKey] = []
        for (list, member, kinds) in MetaWords.messageKinds {
            guard case .array(let items)? = value.member(list) else { continue }
            for item in items {
                guard case .string(let kind)? = item.member(member), !kinds.contains(kind.uppercased()) else {
                    continue
                }
                let key = NoveltyKey(.value, "\(place) \(list)[].\(member)", word(kind) ?? "other")
                if !found.contains(key) { found.append(key) }
            }
        }
        return found
    }

    package static func novelty(errorCode code: Int, of operation: String) -> NoveltyKey {
        NoveltyKey(.errorCode, operation, String(code))
    }

    /// A word as Meta's enums and names are: everything else may be somebody's text and is never kept.
    static func word(_ text: String) -> String? {
        guard (1...64).contains(text.utf8.count) else { return nil }
        let isWord = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte & 0xDF) || byte == 0x5F || byte == 0x2D || byte == 0x2E
        }
        return isWord && text.utf8.contains { !(48...57).contains($0) } ? text : nil
    }

    private struct Walk {
        let place: String
        /// Nil where every member is taken.
        let members: Set<String>?
        /// By the member's name; in upper case.
        let values: [String: Set<String>]
        var found: [NoveltyKey] = []
        private static let foundMax = 20

        init(place: String, members: Set<String>?, values: [String: Set<String>]) {
            self.place = place
            self.members = members
            self.values = values
        }

        mutating func look(at json: JSONValue, path: String) {
            switch json {
            case .object(let object):
                for (name, value) in object.sorted(by: { $0.key < $1.key }) {
                    guard found.count < Self.foundMax else { return }
                    let inner = path.isEmpty ? name : "\(path).\(name)"
                    if let members, !members.contains(name) {
                        add(.field, path, MetaVocabulary.word(name) ?? "other")
                        continue
                    }
                    look(atValue: value, of: name, path: inner)
                    look(at: value, path: inner)
                }
            case .array(let items):
                for item in items.prefix(100) { look(at: item, path: path + "[]") }
            case .null, .bool, .integer, .string: break
            }
        }

        private mutating func look(atValue value: JSONValue, of name: String, path: String) {
            guard let known = values[name], case .string(let text) = value, !text.isEmpty,
                !known.contains(text.uppercased())
            else { return }
            add(.value, path, MetaVocabulary.word(text) ?? "other")
        }

        private mutating func add(_ kind: NoveltyKind, _ path: String, _ word: String) {
            let key = NoveltyKey(kind, path.isEmpty ? place : "\(place) \(path)", word)
            if !found.contains(key) { found.append(key) }
        }
    }
}

extension JSONValue {
    fileprivate func member(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// The same shape without anything that is somebody's: digits become zeros, words of an enum stay, other texts become `x`.
    package var harmless: JSONValue {
        switch self {
        case .null, .bool: self
        case .integer: .integer(0)
        case .string(let text):
            if text.utf8.allSatisfy({ (48...57).contains($0) }) {
                .string(String(repeating: "0", count: min(text.utf8.count, 20)))
            } else {
                .string(Self.isEnumWord(text) ? text : "x")
            }
        case .array(let items): .array(items.prefix(3).map(\.harmless))
        case .object(let members):
            .object(Dictionary(members.map { (MetaVocabulary.word($0.key) ?? "other", $0.value.harmless) }) { $1 })
        }
    }

    private static func isEnumWord(_ text: String) -> Bool {
        (2...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { (65...90).contains($0) || $0 == 0x5F || (48...57).contains($0) }
            && text.utf8.contains { (65...90).contains($0) }
    }
}
