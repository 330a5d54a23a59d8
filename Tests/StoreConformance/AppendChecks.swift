// SPDX-License-Identifier: Apache-2.0
import SQLEngine

extension EngineConformance {
    static let appendChecks = [
        EngineCheck("an appended row is seen by the next read", appendIsSeen),
        EngineCheck("a caller's rows are stored together or not at all, whoever shares its commit", appendIsAtomic),
        EngineCheck("appends and closures arrive together", appendsBesideClosures),
        EngineCheck("a caller that does not wait is told once, of success, failure and closing", appendTells),
    ]

    private static func appendIsSeen(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY)"])
        try await database.append("INSERT INTO t (n) VALUES (?)", rows: [])
        for number in 0..<20 {
            try await database.append("INSERT INTO t (n) VALUES (?)", rows: [[.int(number)]])
            try requireEqual(try await database.count("t"), number + 1, "rows after append \(number)")
        }
    }

    private static func appendTells(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY)"])
        try requireEqual(try await outcome(of: [[1], [2]], in: database), nil, "stored")
        try requireEqual(try await database.count("t"), 2, "rows")
        try requireEqual(try await outcome(of: [], in: database), nil, "nothing to store")
        guard case .uniqueViolation? = try await outcome(of: [[3], [1]], in: database) else {
            throw ConformanceFailure(description: "a row that exists was stored again")
        }
        try requireEqual(try await database.count("t"), 2, "rows after a refusal")
        await database.close()
        try requireEqual(try await outcome(of: [[4]], in: database), .closed, "after closing")
    }

    /// A second call would trap in the continuation.
    private static func outcome(of rows: [[SQLValue]], in database: any SQLDatabase) async throws -> SQLError? {
        let failure = await withCheckedContinuation { (told: CheckedContinuation<(any Error)?, Never>) in
            database.append("INSERT INTO t (n) VALUES (?)", rows: rows) { told.resume(returning: $0) }
        }
        guard let failure else { return nil }
        guard let known = failure as? SQLError else { throw failure }
        return known
    }

    private static func appendIsAtomic(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY, caller INTEGER NOT NULL)"])
        let refused = await withTaskGroup(of: Int?.self) { group in
            for caller in 0..<64 {
                group.addTask {
                    let last = caller % 5 == 0 ? caller * 10 : caller * 10 + 2
                    let rows = [caller * 10, caller * 10 + 1, last].map { [SQLValue.int($0), .int(caller)] }
                    do {
                        try await database.append("INSERT INTO t (n, caller) VALUES (?, ?)", rows: rows)
                        return nil
                    } catch SQLError.uniqueViolation {
                        return caller
                    } catch {
                        return -1
                    }
                }
            }
            return await group.reduce(into: Set<Int>()) { callers, caller in if let caller { callers.insert(caller) } }
        }
        try requireEqual(refused, Set((0..<64).filter { $0 % 5 == 0 }), "callers refused")
        try requireEqual(try await database.count("t"), (64 - refused.count) * 3, "rows")
        try requireEqual(try await database.count("t", where: "caller % 5 = 0"), 0, "rows of the refused")
    }

    private static func appendsBesideClosures(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY)"])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask { try await store(number, in: database) }
            }
            try await group.waitForAll()
        }
        try requireEqual(try await database.count("t"), 100, "rows")
    }

    private static func store(_ number: Int, in database: any SQLDatabase) async throws {
        let insert = "INSERT INTO t (n) VALUES (?)"
        if number.isMultiple(of: 2) {
            try await database.append(insert, rows: [[.int(number)]])
        } else {
            try await database.write { try $0.execute(insert, [.int(number)]) }
        }
    }
}
