// SPDX-License-Identifier: Apache-2.0
import GRDB
import GRDBSQLite

extension SQLError {
    /// The last failure of `connection` with extended code `code`. SQLite's messages name tables and columns, never
    /// values.
    init(sqlite code: CInt, on connection: SQLiteConnection?) {
        self.init(sqlite: code, message: connection.map { String(cString: sqlite3_errmsg($0)) } ?? "")
    }

    init(sqlite code: CInt, message: String) {
        switch code & 0xFF {
        case SQLITE_CONSTRAINT where Self.uniqueness.contains(ResultCode(rawValue: code)):
            self = .uniqueViolation(constraint: Self.columns(in: message))
        case SQLITE_CONSTRAINT: self = .constraintViolation(message)
        case SQLITE_BUSY, SQLITE_LOCKED: self = .busy(message)
        case SQLITE_IOERR, SQLITE_FULL, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN:
            self = .storage("\(message) (\(code))")
        default: self = .statement(code: "\(code)", message: message)
        }
    }

    private static let uniqueness: [ResultCode] = [
        .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID,
    ]

    /// `UNIQUE constraint failed: a.b, a.c` names the columns after the colon.
    private static func columns(in message: String) -> String {
        guard let colon = message.firstIndex(of: ":") else { return message }
        return String(message[message.index(after: colon)...].drop(while: { $0 == " " }))
    }

    /// Any error of GRDB in our words; other errors as they are.
    static func translating(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return SQLError(sqlite: error.extendedResultCode.rawValue, message: error.message ?? "")
    }
}
