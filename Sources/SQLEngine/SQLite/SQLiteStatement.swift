// SPDX-License-Identifier: Apache-2.0
import GRDB
import GRDBSQLite

/// Running cached statements without GRDB's per-call boxing: intake runs tens of thousands of them a second.
extension Database {
    /// Runs `sql` once; returns its rows and the number of rows it changed.
    func run(_ sql: String, _ parameters: [SQLValue]) throws(SQLError) -> (rows: [SQLRow], changes: Int) {
        let statement = try prepared(sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        try bind(parameters, to: statement)
        let changesBefore = sqlite3_total_changes(sqliteConnection)
        var columns: [String] = []
        var rows: [SQLRow] = []
        while try step(statement) {
            if columns.isEmpty { columns = Self.columnNames(of: statement) }
            rows.append(SQLRow(columns: columns, values: Self.values(of: statement, count: columns.count)))
        }
        let hasChanged = sqlite3_total_changes(sqliteConnection) != changesBefore
        return (rows, hasChanged ? Int(sqlite3_changes(sqliteConnection)) : 0)
    }

    /// Runs `sql` once for each row of parameters.
    func run(_ sql: String, rows: [[SQLValue]]) throws(SQLError) {
        let statement = try prepared(sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for row in rows {
            try bind(row, to: statement)
            while try step(statement) {}
            sqlite3_reset(statement)
        }
    }

    private func prepared(_ sql: String) throws(SQLError) -> OpaquePointer {
        do {
            return try cachedStatement(sql: sql).sqliteStatement
        } catch let error as DatabaseError {
            throw SQLError(sqlite: error.extendedResultCode.rawValue, message: error.message ?? "")
        } catch {
            throw .statement(code: "", message: "\(type(of: error))")
        }
    }

    private func step(_ statement: OpaquePointer) throws(SQLError) -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw SQLError(sqlite: sqlite3_extended_errcode(sqliteConnection), on: sqliteConnection)
        }
    }

    private func bind(_ parameters: [SQLValue], to statement: OpaquePointer) throws(SQLError) {
        let expected = Int(sqlite3_bind_parameter_count(statement))
        guard parameters.count == expected else {
            throw .statement(code: "", message: "\(parameters.count) parameters for \(expected) placeholders")
        }
        for (offset, value) in parameters.enumerated() {
            let index = CInt(offset + 1)
            let code: CInt
            switch value {
            case .null: code = sqlite3_bind_null(statement, index)
            case .integer(let integer): code = sqlite3_bind_int64(statement, index, integer)
            case .real(let real): code = sqlite3_bind_double(statement, index, real)
            case .text(let text): code = try Self.bind(text, to: statement, at: index)
            case .blob(let bytes): code = Self.bind(bytes, to: statement, at: index)
            }
            guard code == SQLITE_OK else { throw SQLError(sqlite: code, on: sqliteConnection) }
        }
    }

    private static func bind(_ text: String, to statement: OpaquePointer, at index: CInt) throws(SQLError) -> CInt {
        var text = text
        let code: CInt? = text.withUTF8 { utf8 in
            guard !utf8.contains(0) else { return nil }
            guard let start = utf8.baseAddress else { return sqlite3_bind_text(statement, index, "", 0, transient) }
            return start.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
                sqlite3_bind_text(statement, index, $0, CInt(utf8.count), transient)
            }
        }
        guard let code else { throw .textHoldsNUL }
        return code
    }

    private static func bind(_ bytes: [UInt8], to statement: OpaquePointer, at index: CInt) -> CInt {
        guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
        return bytes.withUnsafeBytes {
            sqlite3_bind_blob64(statement, index, $0.baseAddress, UInt64($0.count), transient)
        }
    }

    private static func columnNames(of statement: OpaquePointer) -> [String] {
        (0..<sqlite3_column_count(statement)).map { String(cString: sqlite3_column_name(statement, $0)) }
    }

    private static func values(of statement: OpaquePointer, count: Int) -> [SQLValue] {
        (0..<CInt(count)).map { index in
            switch sqlite3_column_type(statement, index) {
            case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, index))
            case SQLITE_FLOAT: .real(sqlite3_column_double(statement, index))
            case SQLITE_TEXT: .text(text(of: statement, at: index))
            case SQLITE_BLOB: .blob(blob(of: statement, at: index))
            default: .null
            }
        }
    }

    private static func text(of statement: OpaquePointer, at index: CInt) -> String {
        guard let start = sqlite3_column_text(statement, index) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, index))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    private static func blob(of statement: OpaquePointer, at index: CInt) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, index) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index))))
    }
}

/// SQLITE_TRANSIENT, a cast that Swift does not import: SQLite copies the bytes before the bind call returns.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension SQLError {
    /// PostgreSQL cannot store it, so neither engine does.
    static let textHoldsNUL = SQLError.constraintViolation("text holds the character U+0000")
}
