// SPDX-License-Identifier: Apache-2.0
import SQLEngine

extension EngineConformance {
    static let transactionChecks = [
        EngineCheck("what a closure wrote is seen after it returns", commitIsSeen),
        EngineCheck("a closure that throws leaves nothing and only its caller sees the error", throwingClosureIsAlone),
        EngineCheck("a closure that swallows a failed statement is rolled back", swallowedErrorRollsBack),
        EngineCheck("read-then-write races lose no update", racesLoseNoUpdate),
        EngineCheck("a read sees one snapshot", readSeesSnapshot),
        EngineCheck("a read cannot write", readCannotWrite),
        EngineCheck("a constraint deferred to the commit fails its own closure only", deferredConstraintIsAlone),
        EngineCheck("a committed notify wakes the listeners of its channel", notifyWakes),
    ]

    private static func commitIsSeen(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (id IDENTITY, v TEXT NOT NULL)"])
        let id = try await database.write { tx in
            try tx.query("INSERT INTO t (v) VALUES (?) RETURNING id", ["a"])[0].integer("id")
        }
        let value = try await database.read { try $0.first("SELECT v FROM t WHERE id = ?", [.integer(id)])?.text("v") }
        try requireEqual(value, "a", "the row is there")
        let changed = try await database.write { tx in
            let updated = try tx.execute("UPDATE t SET v = ?", ["b"])
            let missed = try tx.execute("UPDATE t SET v = ? WHERE id = ?", ["c", -1])
            let selected = try tx.execute("SELECT v FROM t")
            return [updated, missed, selected]
        }
        try requireEqual(changed, [1, 0, 0], "rows changed by update, missed update and select")
    }

    private static func throwingClosureIsAlone(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY)"])
        let refused = await withTaskGroup(of: (Int, (any Error)?).self) { group in
            for number in 0..<90 {
                group.addTask {
                    do {
                        try await database.write { tx in
                            try tx.execute("INSERT INTO t (n) VALUES (?)", [.int(number)])
                            if number % 3 == 0 { throw Refusal(number: number) }
                        }
                        return (number, nil)
                    } catch {
                        return (number, error)
                    }
                }
            }
            return await group.reduce(into: [Int: any Error]()) { $0[$1.0] = $1.1 }
        }
        for number in 0..<90 {
            let expected = number % 3 == 0 ? Refusal(number: number) : nil
            try requireEqual(refused[number] as? Refusal, expected, "caller \(number) sees its own error")
        }
        try requireEqual(try await database.count("t"), 60, "rows of the others")
        try requireEqual(try await database.count("t", where: "n % 3 = 0"), 0, "rows of those that threw")
    }

    private static func swallowedErrorRollsBack(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY)"])
        let error = try await failure("the first error is thrown") {
            try await database.write { tx in
                try tx.execute("INSERT INTO t (n) VALUES (1)")
                _ = try? tx.execute("INSERT INTO t (n) VALUES (1)")
                _ = try? tx.execute("INSERT INTO t (n) VALUES (2)")
            }
        }
        guard case .uniqueViolation? = error as? SQLError else { throw error }
        try requireEqual(try await database.count("t"), 0, "rows left")
    }

    private static func racesLoseNoUpdate(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)"])
        try await database.write { try $0.execute("INSERT INTO t (id, n) VALUES (1, 0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<20 {
                        try await database.write { tx in
                            let n = try tx.query("SELECT n FROM t WHERE id = 1")[0].integer("n")
                            try tx.execute("UPDATE t SET n = ? WHERE id = 1", [.integer(n + 1)])
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let final = try await database.read { try $0.query("SELECT n FROM t")[0].integer("n") }
        try requireEqual(final, 160, "increments")
    }

    private static func readSeesSnapshot(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY)"])
        let (hasLooked, hasWritten) = (Gate(), Gate())
        async let counts = database.read { tx in
            let before = try tx.query("SELECT COUNT(*) AS n FROM t")[0].int("n")
            hasLooked.open()
            hasWritten.block()
            return [before, try tx.query("SELECT COUNT(*) AS n FROM t")[0].int("n")]
        }
        await hasLooked.wait()
        try await database.write { try $0.execute("INSERT INTO t (n) VALUES (1)") }
        hasWritten.open()
        try requireEqual(try await counts, [0, 0], "both looks of one read")
        try requireEqual(try await database.count("t"), 1, "the next read")
    }

    private static func readCannotWrite(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY)"])
        let error = try await failure("an insert in a read") {
            try await database.read { try $0.execute("INSERT INTO t (n) VALUES (1)") }
        }
        guard case .statement? = error as? SQLError else { throw error }
        let notify = try await failure("a notify in a read") { try await database.read { try $0.notify("c") } }
        guard case .statement? = notify as? SQLError else { throw notify }
        try requireEqual(try await database.count("t"), 0, "rows")
    }

    private static func deferredConstraintIsAlone(_ database: any SQLDatabase) async throws {
        try await database.migrate([
            "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
            "CREATE TABLE child (id INTEGER PRIMARY KEY, "
                + "parent INTEGER NOT NULL REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED)",
        ])
        try await database.write { try $0.execute("INSERT INTO parent (id) VALUES (0)") }
        let failed: [any Error] = await withTaskGroup(of: (any Error)?.self) { group in
            for number in 0..<20 {
                group.addTask {
                    do {
                        try await database.write { tx in
                            try tx.execute(
                                "INSERT INTO child (id, parent) VALUES (?, ?)", [.int(number), .int(number % 4)])
                        }
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: []) { if let error = $1 { $0.append(error) } }
        }
        try requireEqual(failed.count, 15, "closures that named no parent")
        for error in failed {
            guard case .constraintViolation? = error as? SQLError else { throw error }
        }
        try requireEqual(try await database.count("child"), 5, "children of the parent")
    }

    private static func notifyWakes(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY)"])
        let listening = Gate()
        let seen = Task {
            var wakeUps = database.wakeUps("work").makeAsyncIterator()
            listening.open()
            while try await database.count("t") == 0 { _ = await wakeUps.next() }
        }
        await listening.wait()
        try await database.write { tx in
            try tx.execute("INSERT INTO t (n) VALUES (1)")
            try tx.notify("work")
        }
        try await seen.value
    }
}
