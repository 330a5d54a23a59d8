// SPDX-License-Identifier: Apache-2.0
import Foundation
import SQLEngine
import StoreConformance
import Synchronization
import Testing

@Suite("PostgreSQL engine", .enabled(if: PostgresFixture.isAvailable, "GANGWAY_TEST_PG names no server"))
struct PostgresEngineTests {
    @Test("keeps the contract", .timeLimit(.minutes(1)), arguments: EngineConformance.checks)
    func keepsContract(check: EngineCheck) async throws {
        try await PostgresFixture.with { fixture in
            try await check.run(EngineFixture(writeLanes: 3) { try await fixture.open(connections: 3) })
        }
    }

    @Test("runs a closure again when another transaction conflicts with it", .timeLimit(.minutes(1)))
    func conflictRunsTwice() async throws {
        try await withEngine { engine in
            try await engine.migrate(["CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)"])
            try await engine.append("INSERT INTO t (id, n) VALUES (?, ?)", rows: [[1, 10], [2, 20]])
            let (hasRead, hasWritten, runs) = (Gate(), Gate(), Counter())
            async let sum = engine.write { tx in
                runs.increment()
                let sum = try tx.query("SELECT SUM(n) AS n FROM t")[0].integer("n")
                hasRead.open()
                hasWritten.block()
                try tx.execute("UPDATE t SET n = ? WHERE id = 1", [.integer(sum)])
                return sum
            }
            await hasRead.wait()
            try await engine.write { try $0.execute("UPDATE t SET n = n + 5 WHERE id = 1") }
            hasWritten.open()
            #expect(try await sum == 35)
            #expect(runs.value == 2)
            let stored = try await engine.read { try $0.query("SELECT n FROM t ORDER BY id").map { try $0.int("n") } }
            #expect(stored == [35, 20])
        }
    }

    @Test("keeps synchronous_commit on where the server says off")
    func synchronousCommitIsOn() async throws {
        try await withEngine(options: ["options": "-c synchronous_commit=off"]) { engine in
            let level = try await engine.write { try $0.query("SHOW synchronous_commit")[0].values }
            #expect(level == ["on"])
        }
    }

    @Test("keeps a stronger synchronous_commit")
    func strongerSynchronousCommitStays() async throws {
        try await withEngine(options: ["options": "-c synchronous_commit=remote_apply"]) { engine in
            let level = try await engine.write { try $0.query("SHOW synchronous_commit")[0].values }
            #expect(level == ["remote_apply"])
        }
    }

    /// Whole `numeric` values are integers (sums of bigint are numeric), others reals, too large ones errors.
    @Test(
        "decodes numbers of every kind",
        arguments: [
            ("0::numeric", SQLValue.integer(0)), ("10000::numeric", 10_000), ("-123456789::numeric", -123_456_789),
            ("9223372036854775807::numeric", .integer(.max)), ("-9223372036854775808::numeric", .integer(.min)),
            ("1.25::numeric", .real(1.25)), ("-0.0625::numeric", .real(-0.0625)),
            ("120000.5::numeric", .real(120_000.5)),
            ("7::smallint", 7), ("-7::integer", -7), ("0.5::real", .real(0.5)), ("1.5::float8", .real(1.5)),
            ("true", 1), ("NULL::numeric", nil), ("'x'::varchar", "x"),
        ])
    func decodesNumbers(expression: String, expected: SQLValue) async throws {
        try await withEngine { engine in
            let values = try await engine.read { try $0.query("SELECT \(expression) AS v")[0].values }
            #expect(values == [expected])
        }
    }

    @Test("refuses what it cannot decode", arguments: ["9223372036854775808::numeric", "'NaN'::numeric", "now()"])
    func refusesUndecodable(expression: String) async throws {
        try await withEngine { engine in
            let error = await #expect(throws: SQLError.self) {
                try await engine.read { try $0.query("SELECT \(expression) AS v") }
            }
            guard case .decoding? = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }
    }

    @Test("serves more different statements than it keeps prepared", .timeLimit(.minutes(1)))
    func manyStatements() async throws {
        try await withEngine { engine in
            for number in 0..<600 {
                let values = try await engine.read { try $0.query("SELECT \(number % 300) AS n")[0].values }
                #expect(values == [.int(number % 300)])
            }
        }
    }

    @Test("keeps two schemas of one database apart", .timeLimit(.minutes(1)))
    func schemasAreIsolated() async throws {
        try await PostgresFixture.with { one in
            try await PostgresFixture.with { two in
                let (first, second, node) = (try await one.open(), try await two.open(), try await two.open())
                for engine in [first, second] { try await engine.migrate(["CREATE TABLE t (n INTEGER)"]) }
                try await second.append("INSERT INTO t (n) VALUES (?)", rows: [[1]])
                let found = try await first.read { try $0.query("SELECT n FROM t") }
                #expect(found.isEmpty)
                var deaf = first.wakeUps("work").makeAsyncIterator()
                var hearing = node.wakeUps("work").makeAsyncIterator()
                _ = await (deaf.next(), hearing.next())
                try await second.write { try $0.notify("work") }
                #expect(await hearing.next() != nil)
                await first.close()
                #expect(await deaf.next() == nil)
                await second.close()
                await node.close()
            }
        }
    }

    private func withEngine(
        options: [String: String] = [:], _ body: (PostgresEngine) async throws -> Void
    ) async throws {
        try await PostgresFixture.with { fixture in
            let engine = try await fixture.open(options: options)
            do {
                try await body(engine)
            } catch {
                await engine.close()
                throw error
            }
            await engine.close()
        }
    }
}

/// Counts runs of a closure: what a closure must not do, except to be caught at it.
final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    @discardableResult
    func increment() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
