// SPDX-License-Identifier: Apache-2.0
import SQLEngine

extension EngineConformance {
    static let errorChecks = [
        EngineCheck("broken unique keys are told apart from other constraints", violationsAreTyped),
        EngineCheck("wrong SQL is a statement error and the engine goes on", wrongSQLIsReported),
        EngineCheck("no error carries a value", errorsCarryNoValue),
    ]

    private static let tables = [
        "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
        """
        CREATE TABLE t (id TEXT PRIMARY KEY, u TEXT NOT NULL, n INTEGER CHECK (n > 0), state TEXT NOT NULL,
            parent INTEGER REFERENCES parent(id))
        """,
        "CREATE UNIQUE INDEX t_u_live ON t (u) WHERE state = 'live'",
    ]
    private static let insert = "INSERT INTO t (id, u, n, state, parent) VALUES (?, ?, ?, ?, ?)"

    private static func violationsAreTyped(_ database: any SQLDatabase) async throws {
        try await database.migrate(tables)
        try await database.append(insert, rows: [["1", "u", 1, "live", nil], ["2", "u", 1, "ended", nil]])
        let expectations: [(row: [SQLValue], isUnique: Bool)] = [
            (["1", "v", 1, "live", nil], true),
            (["3", "u", 1, "live", nil], true),
            (["4", nil, 1, "live", nil], false),
            (["5", "v", -1, "live", nil], false),
            (["6", "v", 1, "live", 99], false),
        ]
        for (row, isUnique) in expectations {
            for isAppend in [false, true] {
                let error = try await failure("\(row)") {
                    if isAppend {
                        try await database.append(insert, rows: [row])
                    } else {
                        try await database.write { _ = try $0.execute(insert, row) }
                    }
                }
                switch error as? SQLError {
                case .uniqueViolation: try require(isUnique, "\(row) breaks no unique key")
                case .constraintViolation: try require(!isUnique, "\(row) breaks a unique key")
                default: throw error
                }
            }
        }
        try requireEqual(try await database.count("t"), 2, "rows")
    }

    private static func wrongSQLIsReported(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (n INTEGER)"])
        for sql in ["SELEC 1", "SELECT nope FROM t", "SELECT * FROM nowhere"] {
            let error = try await failure(sql) { try await database.write { try $0.query(sql) } }
            guard case .statement? = error as? SQLError else { throw error }
            let read = try await failure(sql) { try await database.read { try $0.query(sql) } }
            guard case .statement? = read as? SQLError else { throw read }
        }
        let error = try await failure("append to nowhere") {
            try await database.append("INSERT INTO nowhere (n) VALUES (?)", rows: [[1]])
        }
        guard case .statement? = error as? SQLError else { throw error }
        try await database.append("INSERT INTO t (n) VALUES (?)", rows: [[1]])
        try requireEqual(try await database.count("t"), 1, "rows after the errors")
    }

    private static func errorsCarryNoValue(_ database: any SQLDatabase) async throws {
        try await database.migrate(tables + ["CREATE TABLE typed (n INTEGER NOT NULL UNIQUE)"])
        let secret = "EAAGsecret"
        try await database.append(insert, rows: [[.text(secret), "u", 1, "live", nil]])
        let statements: [(String, [SQLValue])] = [
            (insert, [.text(secret), "w", 1, "live", nil]),
            (insert, [.text(secret + "2"), .text(secret), -1, "live", nil]),
            ("INSERT INTO typed (n) VALUES (?)", [.text(secret)]),
        ]
        for (sql, parameters) in statements {
            let error = try await failure("a refused value") {
                try await database.write { _ = try $0.execute(sql, parameters) }
            }
            try require(error is SQLError, "typed error")
            try require(!"\(error)".contains(secret), "an error carries a value")
        }
    }
}
