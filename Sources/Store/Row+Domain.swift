// SPDX-License-Identifier: Apache-2.0
import Domain
import FoundationEssentials
import SQLEngine

extension SQLRow {
    func id<T: TextID>(_ column: String, as type: T.Type = T.self) throws(SQLError) -> T {
        T(rawValue: try text(column))
    }

    func optionalID<T: TextID>(_ column: String, as type: T.Type = T.self) throws(SQLError) -> T? {
        try optionalText(column).map { T(rawValue: $0) }
    }

    func timestamp(_ column: String) throws(SQLError) -> Timestamp { Timestamp(milliseconds: try integer(column)) }

    func optionalTimestamp(_ column: String) throws(SQLError) -> Timestamp? {
        try optionalInteger(column).map { Timestamp(milliseconds: $0) }
    }

    /// A stored name that this version does not know is an error: names are never renamed.
    func value<T: RawRepresentable>(_ column: String, as type: T.Type = T.self) throws(SQLError) -> T
    where T.RawValue == String {
        let text = try text(column)
        guard let value = T(rawValue: text) else { throw .decoding("\(column) holds an unknown name: \(text)") }
        return value
    }

    func optionalValue<T: RawRepresentable>(_ column: String, as type: T.Type = T.self) throws(SQLError) -> T?
    where T.RawValue == String {
        guard let text = try optionalText(column) else { return nil }
        guard let value = T(rawValue: text) else { throw .decoding("\(column) holds an unknown name: \(text)") }
        return value
    }
}

extension SQLValue {
    static func id(_ id: some TextID) -> SQLValue { .text(id.rawValue) }
    static func id(_ id: (some TextID)?) -> SQLValue { id.map { .text($0.rawValue) } ?? .null }
    static func time(_ time: Timestamp) -> SQLValue { .integer(time.milliseconds) }
    static func time(_ time: Timestamp?) -> SQLValue { time.map { .integer($0.milliseconds) } ?? .null }
    static func name<T: RawRepresentable>(_ value: T) -> SQLValue where T.RawValue == String { .text(value.rawValue) }
    static func name<T: RawRepresentable>(_ value: T?) -> SQLValue where T.RawValue == String {
        value.map { .text($0.rawValue) } ?? .null
    }
}

/// `column` values that JSON text holds: small, ours, and decoded with the standard coder.
enum StoredJSON {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decode<T: Decodable>(_ text: String, as type: T.Type = T.self) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
