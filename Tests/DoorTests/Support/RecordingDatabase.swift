// SPDX-License-Identifier: Apache-2.0
import SQLEngine
import Synchronization
import TestSupport

/// Every statement that a database was given while somebody listened: what a request costs, told exactly.
final class StatementLog: Sendable {
    private struct State {
        var isListening = false
        var statements: [String] = []
    }

    private let state = Mutex(State())

    func note(_ statement: String) {
        state.withLock { if $0.isListening { $0.statements.append(statement) } }
    }

    /// In order, with where transactions begin. Nothing else must run meanwhile.
    func during(_ body: () async throws -> Void) async rethrows -> [String] {
        state.withLock { $0 = State(isListening: true) }
        defer { state.withLock { $0.isListening = false } }
        try await body()
        return state.withLock { $0.statements }
    }
}

extension TestEngine {
    /// The same engine, and everything it is asked for is noted.
    func recorded(by log: StatementLog) -> TestEngine {
        TestEngine(
            description: description,
            open: { name, folder in RecordingDatabase(base: try await self.open(name, folder), log: log) },
            remove: { name in try await self.remove(name) })
    }
}

private struct RecordingDatabase: SQLDatabase {
    let base: any SQLDatabase
    let log: StatementLog

    func write<T: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> T) async throws -> T {
        try await base.write { [log] tx in
            log.note("write")
            return try body(RecordingTransaction(base: tx, log: log))
        }
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> T) async throws -> T {
        try await base.read { [log] tx in
            log.note("read")
            return try body(RecordingTransaction(base: tx, log: log))
        }
    }

    func append(_ statement: String, rows: [[SQLValue]]) async throws {
        log.note(statement)
        try await base.append(statement, rows: rows)
    }

    func append(_ statement: String, rows: [[SQLValue]], done: @escaping @Sendable ((any Error)?) -> Void) {
        log.note(statement)
        base.append(statement, rows: rows, done: done)
    }

    func claim(_ statement: ClaimStatement) async throws -> [SQLRow] { try await base.claim(statement) }

    func wakeUps(_ channel: String) -> AsyncStream<Void> { base.wakeUps(channel) }

    func migrate(_ statements: [String]) async throws { try await base.migrate(statements) }

    func migrate(version: Int, name: String, statements: [String]) async throws -> Bool {
        try await base.migrate(version: version, name: name, statements: statements)
    }

    func logicalSchema() async throws -> [LogicalTable] { try await base.logicalSchema() }

    func durability() async throws -> [String: String] { try await base.durability() }

    var engineName: String { base.engineName }

    func close() async { await base.close() }
}

private struct RecordingTransaction: SQLTransaction {
    let base: any SQLTransaction
    let log: StatementLog

    func execute(_ sql: String, _ parameters: [SQLValue]) throws(SQLError) -> Int {
        log.note(sql)
        return try base.execute(sql, parameters)
    }

    func query(_ sql: String, _ parameters: [SQLValue]) throws(SQLError) -> [SQLRow] {
        log.note(sql)
        return try base.query(sql, parameters)
    }

    func notify(_ channel: String) throws(SQLError) { try base.notify(channel) }
}
