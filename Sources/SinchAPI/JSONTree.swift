// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import NIOCore

/// A JSON body as it came, so that each field can be judged by itself.
enum JSONTree: Decodable, Sendable {
    case null
    case bool(Bool)
    /// Nil for one that is not whole: no field of this door is a number, and Meta takes whole ones.
    case number(Int64?)
    case string(String)
    case array([JSONTree])
    case object([String: JSONTree])

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: AnyKey.self) {
            var members: [String: JSONTree] = [:]
            for key in container.allKeys { members[key.stringValue] = try container.decode(JSONTree.self, forKey: key) }
            self = .object(members)
        } else if var container = try? decoder.unkeyedContainer() {
            var items: [JSONTree] = []
            while !container.isAtEnd { items.append(try container.decode(JSONTree.self)) }
            self = .array(items)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? container.decode(String.self) {
                self = .string(value)
            } else {
                self = .number(try? container.decode(Int64.self))
            }
        }
    }

    /// An empty body counts as `{}`: what is missing is then named. Throws `invalid_payload` for anything but an object.
    static func object(from body: ByteBuffer) throws -> [String: JSONTree] {
        guard body.readableBytes > 0 else { return [:] }
        guard case .object(let members) = try JSONReading.decode(JSONTree.self, from: body) else {
            throw SinchError.invalidPayload
        }
        return members
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
