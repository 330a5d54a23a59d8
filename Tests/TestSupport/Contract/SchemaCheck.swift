// SPDX-License-Identifier: Apache-2.0
import Domain

/// JSON Schema, as far as the document uses it: a keyword that is not known here is a fault.
struct SchemaCheck: Sendable {
    let document: JSONValue
    /// Whether members that a schema does not name pass where it says nothing of them.
    private let isOpen: Bool

    init(_ document: JSONValue, isOpen: Bool = false) {
        self.document = document
        self.isOpen = isOpen
    }

    private static let known: Set<String> = [
        "$ref", "anyOf", "const", "enum", "type", "properties", "required", "additionalProperties", "items", "minItems",
        "maxItems", "uniqueItems", "minLength", "maxLength", "pattern", "format", "minimum", "maximum",
        "minProperties", "description", "contentEncoding", "contentMediaType",
    ]

    func faults(of value: JSONValue, by schema: JSONValue, at path: String = "") -> [String] {
        guard let rules = schema.members else { return ["\(path) has no schema"] }
        if let unknown = rules.keys.first(where: { !Self.known.contains($0) }) {
            return ["\(path): keyword \(unknown) is not known"]
        }
        if case .string(let ref) = rules["$ref"] {
            let parts = ref.split(separator: "/").dropFirst()
            guard let target = parts.reduce(document, { $0?[String($1)] }) else { return ["\(path): no \(ref)"] }
            return faults(of: value, by: target, at: path)
        }
        if case .array(let choices) = rules["anyOf"] {
            let tried = choices.map { faults(of: value, by: $0, at: path) }
            if tried.contains(where: \.isEmpty) { return [] }
            return tried.min { $0.count < $1.count } ?? []
        }
        if let constant = rules["const"], value != constant { return ["\(path) is not \(constant.text)"] }
        guard hasType(value, rules["type"]) else {
            return ["\(path) is \(value.text), not \(rules["type"]?.text ?? "")"]
        }
        if case .array(let words) = rules["enum"], !words.contains(value) {
            return ["\(path): \(value.text) is not in \(words.map(\.text).joined(separator: " "))"]
        }
        switch value {
        case .object(let members): return objectFaults(members, rules, path)
        case .array(let items): return listFaults(items, rules, path)
        case .string(let text): return textFaults(text, rules, path)
        case .integer(let number):
            return isWithin(number, rules["minimum"], rules["maximum"]) ? [] : ["\(path): \(number) is out of bounds"]
        case .null, .bool: return []
        }
    }

    private func hasType(_ value: JSONValue, _ type: JSONValue?) -> Bool {
        switch type {
        case .string(let name): value.typeName == name
        case .array(let names): names.contains(.string(value.typeName))
        default: true
        }
    }

    private func objectFaults(_ members: [String: JSONValue], _ rules: [String: JSONValue], _ path: String) -> [String]
    {
        var faults: [String] = []
        let properties = rules["properties"]?.members
        if case .array(let required) = rules["required"] {
            for case .string(let name) in required where members[name] == nil {
                faults.append("\(path)/\(name) is missing")
            }
        }
        if !isWithin(Int64(members.count), rules["minProperties"], nil) { faults.append("\(path) has too few members") }
        for (name, value) in members {
            if let schema = properties?[name] {
                faults += self.faults(of: value, by: schema, at: "\(path)/\(name)")
                continue
            }
            switch rules["additionalProperties"] {
            case .some(.bool(true)): break
            case .some(.object(let schema)):
                faults += self.faults(of: value, by: .object(schema), at: "\(path)/\(name)")
            case nil where isOpen || properties == nil: break
            default: faults.append("\(path)/\(name) is not documented")
            }
        }
        return faults
    }

    private func listFaults(_ items: [JSONValue], _ rules: [String: JSONValue], _ path: String) -> [String] {
        guard isWithin(Int64(items.count), rules["minItems"], rules["maxItems"]) else {
            return ["\(path) has \(items.count) items"]
        }
        guard let schema = rules["items"] else { return [] }
        return items.enumerated().flatMap { faults(of: $0.element, by: schema, at: "\(path)/\($0.offset)") }
    }

    private func textFaults(_ text: String, _ rules: [String: JSONValue], _ path: String) -> [String] {
        guard isWithin(Int64(text.unicodeScalars.count), rules["minLength"], rules["maxLength"]) else {
            return ["\(path) has \(text.count) characters"]
        }
        if case .string(let pattern) = rules["pattern"] {
            guard let regex = try? Regex(pattern) else { return ["\(path): \(pattern) is no pattern"] }
            if text.firstMatch(of: regex) == nil { return ["\(path): \(text) does not match \(pattern)"] }
        }
        switch rules["format"] {
        case "date-time": return Timestamp(reading: text) == nil ? ["\(path): \(text) is no time"] : []
        case "uuid": return CustomerID(validating: text) == nil ? ["\(path): \(text) is no UUID"] : []
        case nil: return []
        default: return ["\(path): the format is not known"]
        }
    }

    private func isWithin(_ number: Int64, _ least: JSONValue?, _ most: JSONValue?) -> Bool {
        if case .integer(let least) = least, number < least { return false }
        if case .integer(let most) = most, number > most { return false }
        return true
    }
}
