// SPDX-License-Identifier: Apache-2.0
import GRDB
package import Logging
import Synchronization

/// SQLite in WAL mode at `synchronous=FULL`: one writer thread that groups commits, a pool of readers.
package final class SQLiteEngine: SQLDatabase {
    package let engineName = "sqlite"

    private let pool: DatabasePool
    private let queue: JobQueue<Job>
    private let hub: WakeUpHub
    private let checkpointer: SQLiteCheckpointer
    private let writerThread: EngineThread
    private let checkpointThread: EngineThread
    private let isClosed = Atomic(false)
    private let hasClosed = Signal()

    /// Opens or creates the file at `path`; refuses a database that does not keep `synchronous` at FULL or EXTRA.
    package static func open(path: String, readers: Int = 4, logger: Logger) async throws -> SQLiteEngine {
        do {
            return try await EngineThread.run("sqlite-open") {
                try SQLiteEngine(path: path, readers: readers, logger: logger)
            }
        } catch {
            throw SQLError.translating(error)
        }
    }

    private init(path: String, readers: Int, logger: Logger) throws {
        let pool = try DatabasePool(path: path, configuration: Self.configuration(readers: readers))
        try pool.writeWithoutTransaction { try Self.makeDurable($0) }
        let checkpointer = try SQLiteCheckpointer(path: path, logger: logger)
        pool.writeWithoutTransaction { checkpointer.watch($0) }
        let queue = JobQueue<Job>()
        let hub = WakeUpHub()
        self.pool = pool
        self.queue = queue
        self.hub = hub
        self.checkpointer = checkpointer
        let writer = SQLiteWriter(pool: pool, queue: queue, hub: hub, checkpointer: checkpointer)
        writerThread = EngineThread(name: "sqlite-writer") { writer.serve() }
        checkpointThread = EngineThread(name: "sqlite-checkpoint") { checkpointer.serve() }
    }

    deinit {
        queue.close()
        checkpointer.close()
    }

    private static func configuration(readers: Int) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = max(1, readers)
        configuration.label = "gangway"
        return configuration
    }

    /// GRDB sets NORMAL after its own preparation, so FULL is set last and read back.
    private static func makeDurable(_ writer: Database) throws {
        _ = try writer.run("PRAGMA synchronous=FULL", [])
        _ = try writer.run("PRAGMA wal_autocheckpoint=0", [])
        // SQLite's 2 MB spill in the middle of a busy group's transaction, and its pages are read back from the WAL.
        _ = try writer.run("PRAGMA cache_size=-8192", [])
        // A WAL that a long read made longer than this is cut back to it.
        _ = try writer.run("PRAGMA journal_size_limit=134217728", [])
        // What a savepoint may have to undo stays in memory, not in a file made and removed each time.
        _ = try writer.run("PRAGMA temp_store=MEMORY", [])
        let level = try writer.run("PRAGMA synchronous", []).rows.first?.values.first
        guard level == .integer(2) || level == .integer(3) else {
            throw SQLError.storage("the database does not keep synchronous=FULL")
        }
    }

    @discardableResult
    package func write<T: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> T) async throws -> T {
        try await queue.run(.write, body)
    }

    package func read<T: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> T) async throws -> T {
        guard !isClosed.load(ordering: .acquiring) else { throw SQLError.closed }
        do {
            return try await pool.read { database in
                let transaction = SQLiteTransaction(database, isReadOnly: true)
                let result = try body(transaction)
                if let swallowed = transaction.failure { throw swallowed }
                return result
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_MISUSE {
            throw SQLError.closed
        } catch {
            throw SQLError.translating(error)
        }
    }

    package func append(_ statement: String, rows: [[SQLValue]]) async throws {
        try await queue.append(statement, rows)
    }

    package func append(
        _ statement: String, rows: [[SQLValue]], done: @escaping @Sendable ((any Error)?) -> Void
    ) {
        queue.append(statement, rows, done: done)
    }

    /// One writer, so no two claims overlap.
    package func claim(_ statement: ClaimStatement) async throws -> [SQLRow] {
        let sql = statement.text(subquery: "IN (SELECT", locking: "", end: ")")
        return try await queue.run(.write) { try $0.query(sql, statement.parameters) }
    }

    package func wakeUps(_ channel: String) -> AsyncStream<Void> { hub.stream(channel) }

    package func migrate(_ statements: [String]) async throws {
        try await queue.run(.migration) { transaction in
            for statement in statements { try transaction.execute(LogicalDDL.sqlite(statement)) }
        }
    }

    @discardableResult
    package func migrate(version: Int, name: String, statements: [String]) async throws -> Bool {
        let migration = SchemaMigration(version: version, name: name, statements: statements)
        return try await queue.run(.migration) { try migration.apply(to: $0, translate: LogicalDDL.sqlite) }
    }

    package func logicalSchema() async throws -> [LogicalTable] { try await read { try SQLiteSchema.tables($0) } }

    package func durability() async throws -> [String: String] {
        let level = try await write { try $0.first("PRAGMA synchronous")?.values.first }
        let journal = try await read { try $0.first("PRAGMA journal_mode")?.values.first }
        var settings: [String: String] = [:]
        if case .integer(let level)? = level { settings["synchronous"] = String(level) }
        if case .text(let journal)? = journal { settings["journal_mode"] = journal }
        return settings
    }

    package func close() async {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return await hasClosed.wait() }
        queue.close()
        await writerThread.end()
        checkpointer.close()
        await checkpointThread.end()
        let pool = pool
        // Readers still at work make it fail; the file is closed when they are done.
        try? await EngineThread.run("sqlite-close") { try pool.close() }
        hub.close()
        hasClosed.fire()
    }
}
