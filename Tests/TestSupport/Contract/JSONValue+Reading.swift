// SPDX-License-Identifier: Apache-2.0
package import Domain
import Foundation

extension JSONValue {
    /// Nil for what is no JSON. A fraction, which nothing of ours prints, becomes its text.
    package init?(answer text: String) {
        guard let read = try? JSONDecoder().decode(Reading.self, from: Data(text.utf8)) else { return nil }
        self = read.value
    }

    package subscript(_ name: String) -> JSONValue? { members?[name] }

    package var members: [String: JSONValue]? {
        if case .object(let members) = self { return members }
        return nil
    }

    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    private struct Reading: Decodable {
        let value: JSONValue

        init(from decoder: any Decoder) throws {
            if let container = try? decoder.container(keyedBy: Key.self) {
                let members = try container.allKeys.map {
                    ($0.stringValue, try container.decode(Reading.self, forKey: $0).value)
                }
                value = .object(Dictionary(members, uniquingKeysWith: { first, _ in first }))
                return
            }
            if var list = try? decoder.unkeyedContainer() {
                var items: [JSONValue] = []
                while !list.isAtEnd { items.append(try list.decode(Reading.self).value) }
                value = .array(items)
                return
            }
            let single = try decoder.singleValueContainer()
            if single.decodeNil() {
                value = .null
            } else if let bool = try? single.decode(Bool.self) {
                value = .bool(bool)
            } else if let number = try? single.decode(Int64.self) {
                value = .integer(number)
            } else if (try? single.decode(UInt64.self)) != nil {
                // Meta's longest ids as numbers: of such only the type is asked.
                value = .integer(.max)
            } else if let text = try? single.decode(String.self) {
                value = .string(text)
            } else {
                value = .string(String(try single.decode(Double.self)))
            }
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
