// SPDX-License-Identifier: Apache-2.0
import Foundation
package import Logging
import Synchronization

/// PostgreSQL over libpq: a pool of connections, each on a thread of its own, one more that stores appended rows in
/// pipelines, and one that listens.
package final class PostgresEngine: SQLDatabase {
    package let engineName = "postgres"

    private let queue = JobQueue<Job>()
    private let appends = JobQueue<Job>()
    private let hub = WakeUpHub()
    private let listener: PostgresListener
    private let threads: [EngineThread]
    private let isClosed = Atomic(false)
    private let hasClosed = Signal()

    /// `url`: a `postgres://` URL or libpq's `key=value` string, also with several hosts. Creates `schema` if missing.
    /// `connections`: closures at work at the same time; two further connections store appended rows and listen.
    package static func open(
        url: String, schema: String = "public", connections: Int = 8, logger: Logger
    ) async throws -> PostgresEngine {
        let settings = try PostgresSettings(url: url, schema: schema)
        try await EngineThread.run("postgres-open") { try createSchema(settings) }
        return try PostgresEngine(settings: settings, connections: max(1, connections), logger: logger)
    }

    private init(settings: PostgresSettings, connections: Int, logger: Logger) throws {
        listener = try PostgresListener(settings: settings, hub: hub, logger: logger)
        let appender = PostgresAppender(settings: settings, queue: appends)
        var threads = [EngineThread(name: "postgres-append") { appender.serve() }]
        let turns = NSLock()
        for number in 0..<connections {
            let worker = PostgresWorker(settings: settings, queue: queue, hub: hub, turns: turns)
            threads.append(EngineThread(name: "postgres-\(number)") { worker.serve() })
        }
        self.threads = threads
    }

    deinit {
        queue.close()
        appends.close()
        listener.requestClose()
    }

    private static func createSchema(_ settings: PostgresSettings) throws(SQLError) {
        let connection = PostgresConnection(settings: settings)
        do throws(PostgresFailure) {
            try connection.ensureConnected()
            let found = try connection.run(
                "SELECT 1 AS one FROM pg_namespace WHERE nspname = ?", [.text(settings.schema)])
            guard found.rows.isEmpty else { return }
            do {
                try connection.simple("CREATE SCHEMA IF NOT EXISTS \(settings.quotedSchema)")
            } catch  where error.state == "23505" || error.state == "42P06" {
                // Another node created it at the same moment.
                return
            }
        } catch {
            throw error.error
        }
    }

    @discardableResult
    package func write<T: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> T) async throws -> T {
        try await queue.run(.write, body)
    }

    package func read<T: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> T) async throws -> T {
        try await queue.run(.read, body)
    }

    package func append(_ statement: String, rows: [[SQLValue]]) async throws {
        try await appends.append(statement, rows)
    }

    package func append(
        _ statement: String, rows: [[SQLValue]], done: @escaping @Sendable ((any Error)?) -> Void
    ) {
        appends.append(statement, rows, done: done)
    }

    package func claim(_ statement: ClaimStatement) async throws -> [SQLRow] {
        // An array runs the subquery once; IN may run it once a row and lock more than the limit.
        let sql = statement.text(subquery: "= ANY (ARRAY(SELECT", locking: " FOR UPDATE SKIP LOCKED", end: "))")
        return try await queue.run(.statement) { try $0.query(sql, statement.parameters) }
    }

    package func wakeUps(_ channel: String) -> AsyncStream<Void> {
        let stream = hub.stream(channel)
        listener.startIfNeeded()
        return stream
    }

    package func migrate(_ statements: [String]) async throws {
        try await queue.run(.migration) { transaction in
            for statement in statements { try transaction.execute(LogicalDDL.postgres(statement)) }
        }
    }

    @discardableResult
    package func migrate(version: Int, name: String, statements: [String]) async throws -> Bool {
        let migration = SchemaMigration(version: version, name: name, statements: statements)
        return try await queue.run(.migration) { try migration.apply(to: $0, translate: LogicalDDL.postgres) }
    }

    package func logicalSchema() async throws -> [LogicalTable] { try await read { try PostgresSchema.tables($0) } }

    package func durability() async throws -> [String: String] {
        let rows = try await read { sql in
            try sql.query(
                """
                SELECT name, setting FROM pg_settings
                WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')
                """)
        }
        var settings: [String: String] = [:]
        for row in rows { settings[try row.text("name")] = try row.text("setting") }
        return settings
    }

    package func close() async {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return await hasClosed.wait() }
        queue.close()
        appends.close()
        for thread in threads { await thread.end() }
        await listener.close()
        hub.close()
        hasClosed.fire()
    }
}
