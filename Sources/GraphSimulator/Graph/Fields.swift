// SPDX-License-Identifier: Apache-2.0

/// A `fields` parameter: names, with the selection inside braces where there is one.
struct FieldSelection: Sendable, Equatable {
    var name: String
    var inner: [FieldSelection]?

    /// Reads `id,owner_business_info{id,name},phone_numbers.limit(2){id}`; modifiers in round brackets are passed over.
    static func parse(_ text: String) throws(GraphError) -> [FieldSelection] {
        var position = text.utf8.startIndex
        let fields = try parse(text.utf8, &position)
        guard position == text.utf8.endIndex else { throw syntax(text) }
        return fields
    }

    private static func syntax(_ text: String) -> GraphError {
        GraphError(status: 400, code: 2500, message: "Syntax error \"Expected end of string.\" in the field list")
    }

    private static func parse(_ text: String.UTF8View, _ position: inout String.Index) throws(GraphError)
        -> [FieldSelection]
    {
        var fields: [FieldSelection] = []
        var name = ""
        var inner: [FieldSelection]?
        func finish() {
            if !name.isEmpty { fields.append(FieldSelection(name: name, inner: inner)) }
            name = ""
            inner = nil
        }
        while position < text.endIndex {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "}"):
                finish()
                return fields
            case UInt8(ascii: "{"):
                text.formIndex(after: &position)
                inner = try parse(text, &position)
                guard position < text.endIndex else { throw syntax("") }
            case UInt8(ascii: ","): finish()
            case UInt8(ascii: "."):
                guard let close = text[position...].firstIndex(of: UInt8(ascii: ")")) else { throw syntax("") }
                position = close
            case 0x20, 0x0A: break
            default: name.unicodeScalars.append(Unicode.Scalar(byte))
            }
            text.formIndex(after: &position)
        }
        finish()
        return fields
    }
}

extension GraphCall {
    /// The asked-for fields of a node, or its defaults; `id` comes last when it was not asked for.
    func fields(default names: [String]) throws(GraphError) -> [FieldSelection] {
        guard let text = parameters.text("fields") else { return names.map { FieldSelection(name: $0) } }
        var fields = try FieldSelection.parse(text)
        if !fields.contains(where: { $0.name == "id" }) { fields.append(FieldSelection(name: "id")) }
        return fields
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
        for field in fields where !members.contains(where: { $0.name == field.name }) {
            switch try value(field) {
            case .value(let json): members.append(Member(field.name, json.selecting(field.inner)))
            case .absent: break
            case .unknown: throw .unknownField(field.name, nodeType: type.typeName)
            }
        }
        return .object(members)
    }

    /// Keeps the named members of an object, or of each object of a list.
    private func selecting(_ fields: [FieldSelection]?) -> JSON {
        guard let fields else { return self }
        switch self {
        case .object(let members):
            if let data = self["data"] {
                return .object(members.map { $0.name == "data" ? Member("data", data.selecting(fields)) : $0 })
            }
            return .object(
                members.filter { member in member.name == "id" || fields.contains { $0.name == member.name } })
        case .array(let values): return .array(values.map { $0.selecting(fields) })
        case .null, .bool, .int, .decimal, .string: return self
        }
    }
}
