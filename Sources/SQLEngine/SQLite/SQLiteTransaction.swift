// SPDX-License-Identifier: Apache-2.0
import GRDB

/// One closure's view of the writer or of a reader. After its first error nothing more runs, as in PostgreSQL.
final class SQLiteTransaction: SQLTransaction {
    private let database: Database
    private let isReadOnly: Bool
    private(set) var channels: Set<String> = []
    private(set) var failure: SQLError?

    init(_ database: Database, isReadOnly: Bool) {
        self.database = database
        self.isReadOnly = isReadOnly
    }

    func execute(_ sql: String, _ parameters: [SQLValue]) throws(SQLError) -> Int { try run(sql, parameters).changes }

    func query(_ sql: String, _ parameters: [SQLValue]) throws(SQLError) -> [SQLRow] { try run(sql, parameters).rows }

    func notify(_ channel: String) throws(SQLError) {
        if let failure { throw failure }
        guard !isReadOnly else { throw fail(.readOnly) }
        channels.insert(channel)
    }

    private func run(_ sql: String, _ parameters: [SQLValue]) throws(SQLError) -> (rows: [SQLRow], changes: Int) {
        if let failure { throw failure }
        do {
            return try database.run(sql, parameters)
        } catch {
            throw fail(error)
        }
    }

    private func fail(_ error: SQLError) -> SQLError {
        failure = error
        return error
    }
}

extension SQLError {
    static let readOnly = SQLError.statement(code: "25006", message: "a read changes nothing and wakes nobody")
}
