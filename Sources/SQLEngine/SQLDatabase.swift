// SPDX-License-Identifier: Apache-2.0

/// One SQL text, two engines. Statements use `?` placeholders, `RETURNING` and `ON CONFLICT`; the engine translates.
///
/// Two verbs write: ``write(_:)`` for a closure that is one transaction, ``append(_:rows:)`` for many callers that
/// share one commit. Both return only after the commit is durable.
package protocol SQLDatabase: Sendable {
    /// Runs `body` as one transaction. The closure does nothing but SQL, touches at most about 100 rows and **may run
    /// twice**: results leave by return value only. An error thrown by `body` rolls back this closure and no other.
    ///
    /// After a statement has failed nothing more runs in this transaction, even if `body` catches the error: it is
    /// rolled back and the first error is thrown. To go on after a conflict write `ON CONFLICT`, or catch the error
    /// outside. A caller cancelled before its closure was taken gets `CancellationError` and nothing ran; later it
    /// gets the result.
    ///
    /// SQLite: closures that arrive during a commit share the next one, each behind its own savepoint. PostgreSQL: its
    /// own connection at SERIALIZABLE, retried on 40001 and 40P01.
    @discardableResult
    func write<T: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> T) async throws -> T

    /// Runs `body` on a reader: one consistent snapshot, no writes. May run twice on PostgreSQL.
    func read<T: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> T) async throws -> T

    /// Runs `statement` once for each row of parameters, grouped with other callers' appends into one durable commit.
    /// For a caller all rows are stored or none.
    func append(_ statement: String, rows: [[SQLValue]]) async throws

    /// The same for callers that must be able to go on before the commit: `done` is called once, with nil when the rows are
    /// durable, else with the error; on the engine's thread, so it must not block, and possibly before this returns.
    func append(_ statement: String, rows: [[SQLValue]], done: @escaping @Sendable ((any Error)?) -> Void)

    /// Takes due rows so that no two claimers ever take the same one (`FOR UPDATE SKIP LOCKED` on PostgreSQL).
    func claim(_ statement: ClaimStatement) async throws -> [SQLRow]

    /// Yields whenever a committed transaction of any node called ``SQLTransaction/notify(_:)`` with `channel`.
    /// Coalesced, lossy by design: always keep a poll as backstop.
    func wakeUps(_ channel: String) -> AsyncStream<Void>

    /// Runs DDL one statement after the other on the writer, in one transaction.
    /// Types are INTEGER, TEXT, BLOB, REAL; `id IDENTITY` is an auto-numbered 64-bit primary key. Text sorts bytewise.
    func migrate(_ statements: [String]) async throws

    /// Runs `statements` as ``migrate(_:)`` unless `version` is recorded in the table `schema_migration`, and records
    /// it, all in one transaction that excludes other nodes' migrations. Returns whether it ran.
    @discardableResult
    func migrate(version: Int, name: String, statements: [String]) async throws -> Bool

    /// Tables, columns (name, logical type, nullability) and unique indexes, the same on both engines.
    func logicalSchema() async throws -> [LogicalTable]

    /// The settings that decide whether a commit survives a power cut, as the engine names them: for the preflight.
    func durability() async throws -> [String: String]

    /// Which engine this is, for logs and metrics; never for an `if` in a repository.
    var engineName: String { get }

    /// Finishes what was accepted, then refuses with `SQLError.closed`.
    func close() async
}

/// SQL inside one transaction. Not `Sendable`: it must not leave its closure.
///
/// PostgreSQL infers each placeholder's type from its place: `? IS NULL` alone has none and fails, `SELECT ?` is text.
/// Sums of integers come back as integers, comparisons as 0 or 1; text never holds U+0000.
package protocol SQLTransaction {
    /// Runs a statement; returns the number of rows it changed.
    @discardableResult
    func execute(_ sql: String, _ parameters: [SQLValue]) throws(SQLError) -> Int

    /// Runs a query or a statement with `RETURNING`.
    func query(_ sql: String, _ parameters: [SQLValue]) throws(SQLError) -> [SQLRow]

    /// Wakes the listeners of `channel` on every node once this transaction has committed.
    func notify(_ channel: String) throws(SQLError)
}

extension SQLTransaction {
    @discardableResult
    package func execute(_ sql: String) throws(SQLError) -> Int { try execute(sql, []) }
    package func query(_ sql: String) throws(SQLError) -> [SQLRow] { try query(sql, []) }
    package func first(_ sql: String, _ parameters: [SQLValue] = []) throws(SQLError) -> SQLRow? {
        try query(sql, parameters).first
    }
}

/// `UPDATE table SET set WHERE key IN (SELECT key FROM table WHERE eligible ORDER BY order LIMIT limit) RETURNING
/// returning`. The rows come in no particular order. Parameters are given in the order of the text: first those of
/// `set`, then those of `eligible`.
package struct ClaimStatement: Sendable {
    package let table: String
    package let key: String
    package let set: String
    package let setParameters: [SQLValue]
    package let eligible: String
    package let eligibleParameters: [SQLValue]
    package let order: String
    package let limit: Int
    package let returning: String

    package init(
        table: String, key: String = "id", set: String, setParameters: [SQLValue], eligible: String,
        eligibleParameters: [SQLValue], order: String, limit: Int, returning: String
    ) {
        self.table = table
        self.key = key
        self.set = set
        self.setParameters = setParameters
        self.eligible = eligible
        self.eligibleParameters = eligibleParameters
        self.order = order
        self.limit = limit
        self.returning = returning
    }

    var parameters: [SQLValue] { setParameters + eligibleParameters + [.int(limit)] }

    /// The limit is a parameter, so that one prepared statement serves all.
    func text(subquery opening: String, locking: String, end: String) -> String {
        """
        UPDATE \(table) SET \(set) WHERE \(key) \(opening) \(key) FROM \(table) WHERE \(eligible) \
        ORDER BY \(order) LIMIT ?\(locking)\(end) RETURNING \(returning)
        """
    }
}

/// A table as both engines see it: what the schema comparison test compares.
package struct LogicalTable: Sendable, Hashable {
    package let name: String
    package let columns: [LogicalColumn]
    /// Each unique index or primary key as its column names plus its partial predicate, if any; sorted.
    package let uniqueKeys: [String]

    package init(name: String, columns: [LogicalColumn], uniqueKeys: [String]) {
        self.name = name
        self.columns = columns
        self.uniqueKeys = uniqueKeys
    }
}

package struct LogicalColumn: Sendable, Hashable {
    package let name: String
    /// `integer`, `text`, `blob` or `real`.
    package let type: String
    package let isNullable: Bool

    package init(name: String, type: String, isNullable: Bool) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
    }
}
