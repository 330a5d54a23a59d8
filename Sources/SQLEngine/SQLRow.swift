// SPDX-License-Identifier: Apache-2.0

/// One result row. Columns are addressed by name; a missing column or a value of another kind is `SQLError.decoding`.
package struct SQLRow: Sendable {
    /// Column names in select order, shared by all rows of a result.
    package let columns: [String]
    package let values: [SQLValue]

    package init(columns: [String], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    package subscript(column: String) -> SQLValue? {
        guard let index = columns.firstIndex(of: column) else { return nil }
        return values[index]
    }

    package func text(_ column: String) throws(SQLError) -> String {
        guard let value = try optionalText(column) else { throw .decoding("\(column) is null") }
        return value
    }

    package func optionalText(_ column: String) throws(SQLError) -> String? {
        switch try value(column) {
        case .null: return nil
        case .text(let text): return text
        case .integer, .real, .blob: throw .decoding("\(column) is not text")
        }
    }

    package func integer(_ column: String) throws(SQLError) -> Int64 {
        guard let value = try optionalInteger(column) else { throw .decoding("\(column) is null") }
        return value
    }

    package func optionalInteger(_ column: String) throws(SQLError) -> Int64? {
        switch try value(column) {
        case .null: return nil
        case .integer(let integer): return integer
        case .text, .real, .blob: throw .decoding("\(column) is not an integer")
        }
    }

    package func int(_ column: String) throws(SQLError) -> Int { Int(try integer(column)) }

    package func optionalInt(_ column: String) throws(SQLError) -> Int? { try optionalInteger(column).map { Int($0) } }

    package func bool(_ column: String) throws(SQLError) -> Bool { try integer(column) != 0 }

    package func blob(_ column: String) throws(SQLError) -> [UInt8] {
        guard let value = try optionalBlob(column) else { throw .decoding("\(column) is null") }
        return value
    }

    package func optionalBlob(_ column: String) throws(SQLError) -> [UInt8]? {
        switch try value(column) {
        case .null: return nil
        case .blob(let bytes): return bytes
        case .text, .real, .integer: throw .decoding("\(column) is not a blob")
        }
    }

    private func value(_ column: String) throws(SQLError) -> SQLValue {
        guard let value = self[column] else { throw .decoding("no column \(column)") }
        return value
    }
}
