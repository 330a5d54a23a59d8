// SPDX-License-Identifier: Apache-2.0
import SQLEngine

extension EngineConformance {
    static let lifetimeChecks = [
        EngineCheck(reopening: "a caller cancelled while it waits never runs", cancelledWaiterNeverRuns),
        EngineCheck(reopening: "closing finishes what was accepted and refuses the rest", closingUnderLoad),
        EngineCheck(reopening: "a closed engine refuses every verb", closedRefuses),
    ]

    private static func cancelledWaiterNeverRuns(_ fixture: EngineFixture) async throws {
        let database = try await fixture.open()
        try await database.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY)"])
        let release = Gate()
        var blockers: [Task<Void, any Error>] = []
        for lane in 0..<fixture.writeLanes {
            let hasStarted = Gate()
            blockers.append(
                Task {
                    try await database.write { tx in
                        try tx.execute("INSERT INTO t (n) VALUES (?)", [.int(lane)])
                        hasStarted.open()
                        release.block()
                    }
                })
            await hasStarted.wait()
        }
        let waiter = Task { try await database.write { try $0.execute("INSERT INTO t (n) VALUES (1000)") } }
        waiter.cancel()
        let error = try await failure("the cancelled caller") { try await waiter.value }
        try require(error is CancellationError, "CancellationError, not \(error)")
        // Cancelled after it was taken: it completes.
        blockers[0].cancel()
        release.open()
        for blocker in blockers { try await blocker.value }
        try requireEqual(try await database.count("t"), fixture.writeLanes, "rows of those that had begun")
        try requireEqual(try await database.count("t", where: "n = 1000"), 0, "rows of the cancelled caller")
        await database.close()
    }

    private static func closingUnderLoad(_ fixture: EngineFixture) async throws {
        let database = try await fixture.open()
        try await database.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY)"])
        let hasBegun = Gate()
        let stored = try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do {
                        if number.isMultiple(of: 2) {
                            try await database.write { try $0.execute("INSERT INTO t (n) VALUES (?)", [.int(number)]) }
                        } else {
                            try await database.append("INSERT INTO t (n) VALUES (?)", rows: [[.int(number)]])
                        }
                        hasBegun.open()
                        return number
                    } catch SQLError.closed {
                        return nil
                    }
                }
            }
            group.addTask {
                await hasBegun.wait()
                await database.close()
                return nil
            }
            return try await group.reduce(into: Set<Int>()) { if let number = $1 { $0.insert(number) } }
        }
        try require(!stored.isEmpty, "some were stored before closing")
        let reopened = try await fixture.open()
        let found = try await reopened.read { try $0.query("SELECT n FROM t").map { try $0.int("n") } }
        try requireEqual(Set(found), stored, "rows found again are those acknowledged")
        await reopened.close()
    }

    private static func closedRefuses(_ fixture: EngineFixture) async throws {
        let database = try await fixture.open()
        try await database.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY)"])
        var wakeUps = database.wakeUps("c").makeAsyncIterator()
        await database.close()
        await database.close()
        while await wakeUps.next() != nil {}
        let verbs: [@Sendable () async throws -> Void] = [
            { try await database.write { _ = try $0.execute("DELETE FROM t") } },
            { try await database.read { _ = try $0.query("SELECT 1 AS one") } },
            { try await database.append("INSERT INTO t (n) VALUES (?)", rows: [[1]]) },
            { try await database.migrate([]) },
        ]
        for (index, verb) in verbs.enumerated() {
            let error = try await failure("verb \(index)") { try await verb() }
            try requireEqual(error as? SQLError, .closed, "verb \(index)")
        }
    }
}
