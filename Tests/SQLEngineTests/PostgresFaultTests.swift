// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import SQLEngine
import StoreConformance
import Testing

/// Connections that the server ends, at the worst moments. `pg_terminate_backend` stands for a failover.
@Suite(
    "PostgreSQL connections that break", .enabled(if: PostgresFixture.isAvailable, "GANGWAY_TEST_PG names no server"))
struct PostgresFaultTests {
    @Test("idle connections that were ended are replaced unnoticed", .timeLimit(.minutes(1)))
    func idleConnectionsAreReplaced() async throws {
        try await withVictim { engine, killer in
            try await engine.migrate(["CREATE TABLE work (id IDENTITY, owner TEXT)"])
            var wakeUps = engine.wakeUps("work").makeAsyncIterator()
            _ = await wakeUps.next()
            for round in 1...3 {
                try await engine.append("INSERT INTO work (owner) VALUES (?)", rows: [[nil]])
                try await killer.endConnections()
                try await engine.append("INSERT INTO work (owner) VALUES (?)", rows: [[nil]])
                try await killer.endConnections()
                let claimed = try await engine.claim(
                    ClaimStatement(
                        table: "work", set: "owner = ?", setParameters: ["me"], eligible: "owner IS NULL",
                        eligibleParameters: [], order: "id", limit: 2, returning: "id"))
                #expect(claimed.count == 2)
                try await killer.endConnections()
                try await engine.write { try $0.execute("INSERT INTO work (owner) VALUES ('written')") }
                try await killer.endConnections()
                let count = try await engine.read { try $0.query("SELECT COUNT(*) AS n FROM work")[0].int("n") }
                #expect(count == round * 3)
            }
            // The listening connection was ended too: it comes back and says so.
            _ = await wakeUps.next()
        }
    }

    @Test("a closure whose connection ends before COMMIT runs again", .timeLimit(.minutes(1)))
    func brokenClosureRunsAgain() async throws {
        try await withVictim { engine, killer in
            try await engine.migrate(["CREATE TABLE t (n INTEGER)"])
            let (hasWritten, isEnded, runs) = (Gate(), Gate(), Counter())
            async let result = engine.write { tx in
                let run = runs.increment()
                try tx.execute("INSERT INTO t (n) VALUES (?)", [.int(run)])
                hasWritten.open()
                isEnded.block()
                return try tx.query("SELECT n FROM t").map { try $0.int("n") }
            }
            await hasWritten.wait()
            try await killer.endConnections()
            isEnded.open()
            #expect(try await result == [2])
        }
    }

    @Test("a connection that ends during COMMIT is an ambiguous commit", .timeLimit(.minutes(1)))
    func lostCommitIsAmbiguous() async throws {
        try await withVictim { engine, killer in
            try await engine.migrate([
                "CREATE TABLE t (n INTEGER PRIMARY KEY)",
                "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS "
                    + "'BEGIN PERFORM pg_sleep(50); RETURN NULL; END'",
                "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED "
                    + "FOR EACH ROW EXECUTE FUNCTION dawdle()",
            ])
            let runs = Counter()
            async let lost = #expect(throws: SQLError.self) {
                try await engine.write { tx in
                    runs.increment()
                    try tx.execute("INSERT INTO t (n) VALUES (1)")
                }
            }
            try await killer.endConnections(where: "query = 'COMMIT' AND state = 'active' AND wait_event = 'PgSleep'")
            guard case .ambiguousCommit? = await lost else { return #expect(Bool(false), "not told apart") }
            #expect(runs.value == 1)

            async let lostRows = #expect(throws: SQLError.self) {
                try await engine.append("INSERT INTO t (n) VALUES (?)", rows: [[2]])
            }
            try await killer.endConnections(where: "state = 'active' AND wait_event = 'PgSleep'")
            guard case .ambiguousCommit? = await lostRows else { return #expect(Bool(false), "not told apart") }
        }
    }

    @Test("an unreachable server is a connection error without the password", .timeLimit(.minutes(1)))
    func unreachableServer() async throws {
        let error = await #expect(throws: SQLError.self) {
            _ = try await PostgresEngine.open(
                url: "postgres://someone:hunter2@127.0.0.1:1/none", logger: Logger(label: "test"))
        }
        guard case .connection(let message)? = error else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
        #expect(!message.contains("hunter2"))
    }

    private struct Killer {
        let engine: PostgresEngine
        let victim: String

        /// Ends the victim's connections, waiting until there is one that matches.
        func endConnections(where predicate: String = "TRUE") async throws {
            var ended = 0
            while ended == 0 {
                ended = try await engine.read { tx in
                    try tx.query(
                        """
                        SELECT pg_terminate_backend(pid, 5000) AS done FROM pg_stat_activity
                        WHERE application_name = ? AND \(predicate)
                        """, [.text(victim)]
                    ).count
                }
            }
        }
    }

    private func withVictim(_ body: (PostgresEngine, Killer) async throws -> Void) async throws {
        try await PostgresFixture.with { fixture in
            let killer = try await fixture.open(connections: 1)
            let victim = try await fixture.open(connections: 1, options: ["application_name": fixture.schema])
            do {
                try await body(victim, Killer(engine: killer, victim: fixture.schema))
            } catch {
                await victim.close()
                await killer.close()
                throw error
            }
            await victim.close()
            await killer.close()
        }
    }
}
