// SPDX-License-Identifier: Apache-2.0
import SQLEngine

extension EngineConformance {
    static let valueChecks = [
        EngineCheck("values of every type and null come back as they went in", valuesRoundTrip),
        EngineCheck("a blob of 5 MiB comes back whole", largeBlobRoundTrips),
        EngineCheck("text with U+0000 is refused", textWithNULIsRefused),
        EngineCheck("counts, sums and comparisons are integers", aggregatesAreIntegers),
        EngineCheck("text sorts by its bytes", textSortsBytewise),
        EngineCheck("question marks in literals, names and comments are text", quotedPlaceholdersStay),
        EngineCheck("ON CONFLICT and RETURNING mean the same", upsertReturns),
    ]

    private static let sample: [[SQLValue]] = [
        [1, .integer(.min), .real(-0.5), "", .blob([])],
        [2, .integer(.max), .real(1e300), "Zoë 🚪 'quoted' \"?\" \\ \n", .blob([0, 255, 39, 0])],
        [3, 0, .real(0), "0123", .blob(Array("text".utf8))],
        [4, nil, nil, nil, nil],
    ]

    private static let sampleTable = "CREATE TABLE t (id INTEGER PRIMARY KEY, i INTEGER, r REAL, x TEXT, b BLOB)"
    private static let sampleInsert = "INSERT INTO t (id, i, r, x, b) VALUES (?, ?, ?, ?, ?)"
    private static let sampleSelect = "SELECT id, i, r, x, b FROM t ORDER BY id"

    private static func valuesRoundTrip(_ database: any SQLDatabase) async throws {
        try await database.migrate([sampleTable])
        try await database.write { tx in for row in sample { try tx.execute(sampleInsert, row) } }
        let written = try await database.read { try $0.query(sampleSelect) }
        try requireEqual(written.map { $0.values }, sample, "rows written")
        try requireEqual(written[0].columns, ["id", "i", "r", "x", "b"], "column names")
        try await database.write { try $0.execute("DELETE FROM t") }
        try await database.append(sampleInsert, rows: sample)
        let appended = try await database.read { try $0.query(sampleSelect) }
        try requireEqual(appended.map { $0.values }, sample, "rows appended")
        let found = try await database.read { tx in
            try tx.query("SELECT id FROM t WHERE b = ? AND x = ? AND r < ?", [.blob([]), "", .real(0)])
        }
        try requireEqual(found.map { $0.values }, [[1]], "rows found by value")
    }

    private static func largeBlobRoundTrips(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB NOT NULL)"])
        let blob = (0..<(5 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        try await database.write { try $0.execute("INSERT INTO t (id, b) VALUES (1, ?)", [.blob(blob)]) }
        try await database.append("INSERT INTO t (id, b) VALUES (?, ?)", rows: [[2, .blob(blob)]])
        let rows = try await database.read { try $0.query("SELECT b FROM t ORDER BY id") }
        for row in rows { try require(try row.blob("b") == blob, "the blob is the same") }
        try requireEqual(rows.count, 2, "blobs")
    }

    private static func textWithNULIsRefused(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (x TEXT)"])
        let error = try await failure("U+0000") {
            try await database.write { try $0.execute("INSERT INTO t (x) VALUES (?)", ["a\0b"]) }
        }
        guard case .constraintViolation? = error as? SQLError else { throw error }
        try requireEqual(try await database.count("t"), 0, "rows")
    }

    private static func aggregatesAreIntegers(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (n INTEGER NOT NULL)"])
        try await database.append("INSERT INTO t (n) VALUES (?)", rows: [[1], [2], [1_000_000_000_000]])
        let row = try await database.read { tx in
            try tx.query("SELECT COUNT(*) AS c, SUM(n) AS s, MAX(n) > 2 AS p, MIN(n) = 2 AS q, SUM(-n) AS m FROM t")
        }
        try requireEqual(row[0].values, [3, 1_000_000_000_003, 1, 0, -1_000_000_000_003], "aggregates")
        let empty = try await database.read { try $0.query("SELECT SUM(n) AS s, SUM(n - n) AS z FROM t WHERE n < 0") }
        try requireEqual(empty[0].values, [nil, nil], "sums of nothing")
        let zero = try await database.read { try $0.query("SELECT SUM(n - n) AS z FROM t") }
        try requireEqual(zero[0].values, [0], "sum of zeros")
    }

    private static func textSortsBytewise(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (x TEXT PRIMARY KEY)"])
        try await database.append(
            "INSERT INTO t (x) VALUES (?)", rows: [["é"], ["a"], ["B"], ["_"], ["b"], ["A"], ["-1"]])
        let rows = try await database.read { try $0.query("SELECT x FROM t WHERE x > ? ORDER BY x", ["-"]) }
        try requireEqual(try rows.map { try $0.text("x") }, ["-1", "A", "B", "_", "a", "b", "é"], "order")
    }

    private static func quotedPlaceholdersStay(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (x TEXT, \"why?\" TEXT)"])
        try await database.write { tx in
            try tx.execute(
                "INSERT INTO t (x, \"why?\") -- really?\n VALUES ('it''s ?', /* or ? */ ?)", ["because"])
        }
        let row = try await database.read { try $0.query("SELECT x, \"why?\" AS y FROM t") }
        try requireEqual(row[0].values, ["it's ?", "because"], "the row")
        let error = try await failure("a missing parameter") {
            try await database.write { try $0.execute("INSERT INTO t (x) VALUES (?)") }
        }
        guard case .statement? = error as? SQLError else { throw error }
    }

    private static func upsertReturns(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (k TEXT PRIMARY KEY, n INTEGER NOT NULL)"])
        let upsert = "INSERT INTO t (k, n) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET n = t.n + excluded.n RETURNING n"
        let ignore = "INSERT INTO t (k, n) VALUES (?, ?) ON CONFLICT (k) DO NOTHING"
        let results = try await database.write { tx in
            let first = try tx.query(upsert, ["a", 1])[0].int("n")
            let second = try tx.query(upsert, ["a", 5])[0].int("n")
            return [first, second, try tx.execute(ignore, ["a", 9]), try tx.execute(ignore, ["b", 9])]
        }
        try requireEqual(results, [1, 6, 0, 1], "inserted, updated, ignored, inserted")
    }
}
