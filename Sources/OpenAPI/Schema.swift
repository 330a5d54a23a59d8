// SPDX-License-Identifier: Apache-2.0
package import Domain

/// A JSON Schema, composed from small values. Source: JSON Schema 2020-12, the dialect of OpenAPI 3.1.
package struct Schema: Sendable, Hashable {
    package private(set) var members: [String: JSONValue]

    package init(_ members: [String: JSONValue]) { self.members = members }

    package var json: JSONValue { .object(members) }

    /// Anything at all.
    package static let any = Schema([:])
    package static let string = Schema(["type": "string"])
    package static let boolean = Schema(["type": "boolean"])
    package static let integer = Schema(["type": "integer"])
    /// An object whose members are not told.
    package static let openObject = Schema(["type": "object", "additionalProperties": true])
    /// RFC 3339, UTC.
    package static let time = string.with("format", "date-time")
    package static let uuid = string.with("format", "uuid")

    /// Between so many characters.
    package static func text(_ length: ClosedRange<Int>) -> Schema {
        string.with("minLength", .integer(Int64(length.lowerBound)))
            .with("maxLength", .integer(Int64(length.upperBound)))
    }

    package static func pattern(_ pattern: String) -> Schema { string.with("pattern", .string(pattern)) }

    package static func number(_ range: ClosedRange<Int>) -> Schema {
        integer.with("minimum", .integer(Int64(range.lowerBound))).with("maximum", .integer(Int64(range.upperBound)))
    }

    package static func words(_ words: [String]) -> Schema { string.with("enum", .array(words.map { .string($0) })) }

    /// The raw values of a closed set.
    package static func words<T: RawRepresentable & CaseIterable>(of type: T.Type) -> Schema
    where T.RawValue == String {
        words(T.allCases.map(\.rawValue))
    }

    package static func const(_ value: JSONValue) -> Schema { Schema(["const": value]) }

    package static func list(_ items: Schema, max: Int? = nil) -> Schema {
        var list = Schema(["type": "array", "items": items.json])
        list.members["maxItems"] = max.map { .integer(Int64($0)) }
        return list
    }

    /// Members of any name, each of this shape.
    package static func map(_ values: Schema) -> Schema {
        Schema(["type": "object", "additionalProperties": values.json])
    }

    /// One of the document's named schemas.
    package static func ref(_ name: String) -> Schema { Schema(["$ref": .string("#/components/schemas/\(name)")]) }

    package static func either(_ schemas: Schema...) -> Schema { Schema(["anyOf": .array(schemas.map(\.json))]) }

    /// A name that ends with `?` may be left out. A closed object takes no other members.
    package static func object(_ members: KeyValuePairs<String, Schema>, isClosed: Bool = false) -> Schema {
        var object = Schema(["type": "object", "properties": [:]])
        if isClosed { object.members["additionalProperties"] = false }
        return object.adding(members)
    }

    /// This object with more members.
    package func adding(_ more: KeyValuePairs<String, Schema>) -> Schema {
        var object = self
        guard case .object(var properties) = members["properties"] ?? [:] else { return self }
        var required = members["required"].map(Self.items) ?? []
        for (name, schema) in more {
            let isOptional = name.hasSuffix("?")
            let name = isOptional ? String(name.dropLast()) : name
            properties[name] = schema.json
            if !isOptional { required.append(.string(name)) }
        }
        object.members["properties"] = .object(properties)
        if !required.isEmpty { object.members["required"] = .array(required) }
        return object
    }

    package var orNull: Schema {
        if case .string(let type) = members["type"] {
            var nullable = with("type", .array([.string(type), "null"]))
            if let words = members["enum"] { nullable.members["enum"] = .array(Self.items(words) + [.null]) }
            return nullable
        }
        return .either(self, Schema(["type": "null"]))
    }

    package func described(_ text: String) -> Schema { with("description", .string(text)) }

    package func with(_ name: String, _ value: JSONValue) -> Schema {
        var changed = self
        changed.members[name] = value
        return changed
    }

    private static func items(_ value: JSONValue) -> [JSONValue] {
        if case .array(let items) = value { return items }
        return []
    }
}
