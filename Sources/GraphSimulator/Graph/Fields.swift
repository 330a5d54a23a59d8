// SPDX-License-Identifier: Apache-2.0

/// A `fields` parameter: names, with modifiers in round brackets and the selection inside braces where there are any.
struct FieldSelection: Sendable, Equatable {
    struct Modifier: Sendable, Equatable {
        var name: String
        var value: String
    }

    var name: String
    var modifiers: [Modifier] = []
    var inner: [FieldSelection]?

    private static let deepest = 16

    /// Reads `id,owner_business_info{id,name},phone_numbers.limit(2){id}`.
    static func parse(_ text: String) throws(GraphError) -> [FieldSelection] {
        var reader = Reader(bytes: Array(text.utf8))
        let fields = try reader.fields(depth: 0)
        guard reader.position == reader.bytes.count else { throw syntax }
        return fields
    }

    private static let syntax = GraphError(
        status: 400, code: 2500, message: "Syntax error \"Expected end of string.\" in the field list")

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

        /// Stops at the closing brace or the end.
        mutating func fields(depth: Int) throws(GraphError) -> [FieldSelection] {
            guard depth < FieldSelection.deepest else { throw FieldSelection.syntax }
            var fields: [FieldSelection] = []
            while let byte = current, byte != UInt8(ascii: "}") {
                if byte == UInt8(ascii: ",") || byte <= 0x20 {
                    position += 1
                    continue
                }
                fields.append(try field(depth: depth))
            }
            return fields
        }

        private mutating func field(depth: Int) throws(GraphError) -> FieldSelection {
            var field = FieldSelection(name: word())
            guard !field.name.isEmpty else { throw FieldSelection.syntax }
            while current == UInt8(ascii: ".") {
                position += 1
                let name = word()
                guard current == UInt8(ascii: "("), let end = bytes[position...].firstIndex(of: UInt8(ascii: ")"))
                else {
                    throw FieldSelection.syntax
                }
                let value = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
                if name == "fields" {
                    // The older way to write a selection.
                    field.inner = try FieldSelection.parse(value.filter { !"[]\"'\\".contains($0) })
                } else {
                    field.modifiers.append(Modifier(name: name, value: value))
                }
                position = end + 1
            }
            if current == UInt8(ascii: "{") {
                position += 1
                field.inner = try fields(depth: depth + 1)
                guard current == UInt8(ascii: "}") else { throw FieldSelection.syntax }
                position += 1
            }
            return field
        }

        private mutating func word() -> String {
            let start = position
            while let byte = current, !",.{}()".utf8.contains(byte), byte > 0x20 { position += 1 }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }
    }

    /// As it stands in a `fields` parameter.
    var text: String {
        name + modifiers.map { ".\($0.name)(\($0.value))" }.joined()
            + (inner.map { "{\($0.map(\.text).joined(separator: ","))}" } ?? "")
    }
}

extension GraphCall {
    /// The asked-for fields of a node, or its defaults; `id` comes last when it was not asked for.
    func fields(default names: [String]) throws(GraphError) -> [FieldSelection] {
        guard let text = fieldText, !text.isEmpty else { return names.map { FieldSelection(name: $0) } }
        var fields = try FieldSelection.parse(text)
        if !fields.contains(where: { $0.name == "id" }) { fields.append(FieldSelection(name: "id")) }
        return fields
    }

    /// Some clients send the names as a JSON array.
    private var fieldText: String? {
        guard let value = parameters["fields"] else { return nil }
        return value.elements?.compactMap(\.text).joined(separator: ",") ?? value.text
    }
}

/// What a node knows of a field.
enum FieldValue {
    case value(JSON)
    /// A field of the node that has no value here: Graph leaves it out.
    case absent
    case unknown
}

extension JSON {
    /// Selected fields in the order they were asked for. Source: Meta, manage accounts.
    static func node(
        _ fields: [FieldSelection], type: NodeKind, value: (FieldSelection) throws(GraphError) -> FieldValue
    ) throws(GraphError) -> JSON {
        var members: [Member] = []
        members.reserveCapacity(fields.count)
        for field in fields where !members.contains(where: { $0.name == field.name }) {
            switch try value(field) {
            case .value(let json):
                guard let inner = field.inner else {
                    members.append(Member(field.name, json))
                    continue
                }
                members.append(Member(field.name, try json.selecting(inner, of: field.name)))
            case .absent: break
            case .unknown: throw .unknownField(field.name, nodeType: type.typeName)
            }
        }
        return .object(members)
    }

    /// Keeps the named members of an object, or of each object of a list.
    private func selecting(_ fields: [FieldSelection], of name: String) throws(GraphError) -> JSON {
        switch self {
        case .object(let members):
            if let data = self["data"] {
                let kept = try data.selecting(fields, of: name)
                return .object(members.map { $0.name == "data" ? Member("data", kept) : $0 })
            }
            let known = NestedObject.members[name]
            var kept: [Member] = []
            for field in fields where !kept.contains(where: { $0.name == field.name }) {
                guard let value = self[field.name] else {
                    if let known, !known.contains(field.name) {
                        throw .unknownField(field.name, nodeType: NestedObject.typeName(of: name))
                    }
                    continue
                }
                guard let inner = field.inner else {
                    kept.append(Member(field.name, value))
                    continue
                }
                kept.append(Member(field.name, try value.selecting(inner, of: field.name)))
            }
            if !kept.contains(where: { $0.name == "id" }), let id = self["id"] { kept.append(Member("id", id)) }
            return .object(kept)
        case .array(let values):
            var out: [JSON] = []
            for value in values { out.append(try value.selecting(fields, of: name)) }
            return .array(out)
        case .null, .bool, .int, .decimal, .string: return self
        }
    }
}

/// The members of objects that are printed inside of nodes; any other name is refused.
enum NestedObject {
    static let members: [String: Set<String>] = [
        "owner_business_info": ["id", "name"], "owner_business": ["id", "name"], "receiving_business": ["id", "name"],
        "on_behalf_of_business_info": ["id", "name", "status", "type"], "receiving_credential": ["id"],
        "owning_credential": ["id"], "throughput": ["level"], "quality_score": ["score", "date", "reasons"],
        "webhook_configuration": ["phone_number", "whatsapp_business_account", "application"],
        "health_status": ["can_send_message", "entities"],
        "entities": ["entity_type", "id", "can_send_message", "errors", "additional_info"],
        "owner_app": ["id", "name", "link"], "partner_app": ["id", "name", "link"],
        "partners": ["id", "partner_app", "partner_permissions"],
    ]

    static func typeName(of name: String) -> String {
        switch name {
        case "owner_business_info", "owner_business", "receiving_business": "Business"
        case "owner_app", "partner_app": "Application"
        default: name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        }
    }
}
