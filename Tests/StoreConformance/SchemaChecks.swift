// SPDX-License-Identifier: Apache-2.0
import SQLEngine

extension EngineConformance {
    static let schemaChecks = [
        EngineCheck("the logical schema is the same on every engine", logicalSchemaIsSame),
        EngineCheck("a failing migration leaves nothing", failingMigrationLeavesNothing),
        EngineCheck(
            "a numbered migration runs once, also when several nodes start together", numberedMigrationRunsOnce),
        EngineCheck("a column added later is seen by prepared statements", schemaChangesUnderStatements),
    ]

    private static let migrations = [
        """
        CREATE TABLE partner (
            id TEXT PRIMARY KEY, -- IDENTITY? no
            name TEXT NOT NULL, note TEXT DEFAULT 'an INTEGER', weight REAL, sealed BLOB NOT NULL,
            created_at INTEGER NOT NULL);
        """,
        """
        CREATE TABLE item (
            id IDENTITY, partner_id TEXT NOT NULL REFERENCES partner(id), slot INTEGER, state TEXT NOT NULL)
        """,
        "CREATE TABLE pair (a INTEGER, b TEXT, c TEXT UNIQUE, PRIMARY KEY (a, b)) WITHOUT ROWID",
        """
        CREATE UNIQUE INDEX item_slot ON item (partner_id, slot)
        WHERE slot IS NOT NULL AND state IN ('live', 'waiting')
        """,
        "CREATE UNIQUE INDEX item_one ON item (partner_id) WHERE state = 'live' AND slot <> 7",
        "CREATE INDEX item_state ON item (state, id)",
        "ALTER TABLE item ADD COLUMN extra TEXT",
    ]

    private static let expected = [
        LogicalTable(
            name: "item",
            columns: [
                column("id", "integer", false), column("partner_id", "text", false), column("slot", "integer", true),
                column("state", "text", false), column("extra", "text", true),
            ],
            uniqueKeys: [
                "id", "partner_id where state = 'live' and slot < > 7",
                "partner_id, slot where slot is not null and state in 'live' , 'waiting'",
            ]),
        LogicalTable(
            name: "pair",
            columns: [column("a", "integer", false), column("b", "text", false), column("c", "text", true)],
            uniqueKeys: ["a, b", "c"]),
        LogicalTable(
            name: "partner",
            columns: [
                column("id", "text", false), column("name", "text", false), column("note", "text", true),
                column("weight", "real", true), column("sealed", "blob", false), column("created_at", "integer", false),
            ],
            uniqueKeys: ["id"]),
    ]

    private static func column(_ name: String, _ type: String, _ isNullable: Bool) -> LogicalColumn {
        LogicalColumn(name: name, type: type, isNullable: isNullable)
    }

    private static func logicalSchemaIsSame(_ database: any SQLDatabase) async throws {
        try await database.migrate(migrations)
        let tables = try await database.logicalSchema()
        for (table, expectation) in zip(tables, expected) { try requireEqual(table, expectation, expectation.name) }
        try requireEqual(tables.count, expected.count, "tables")
        try await database.write { tx in
            try tx.execute(
                "INSERT INTO partner (id, name, sealed, created_at) VALUES (?, ?, ?, ?)", ["p", "n", .blob([1]), 1])
            let note = try tx.query("SELECT note FROM partner")[0].text("note")
            try requireEqual(note, "an INTEGER", "a quoted type name is text")
        }
    }

    private static func failingMigrationLeavesNothing(_ database: any SQLDatabase) async throws {
        let error = try await failure("a wrong migration") {
            try await database.migrate(["CREATE TABLE t (n INTEGER)", "CREATE TABLE t (n INTEGER)"])
        }
        guard case .statement? = error as? SQLError else { throw error }
        try requireEqual(try await database.logicalSchema(), [], "tables")
    }

    private static func numberedMigrationRunsOnce(_ database: any SQLDatabase) async throws {
        let ran = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await database.migrate(
                        version: 1, name: "first",
                        statements: ["CREATE TABLE t (n INTEGER)", "INSERT INTO t (n) VALUES (1)"])
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        try requireEqual(ran, 1, "runs")
        try requireEqual(try await database.count("t"), 1, "rows")
        let second = try await database.migrate(
            version: 2, name: "second", statements: ["INSERT INTO t (n) VALUES (2)"])
        try require(second, "the next version runs")
        let versions = try await database.read {
            try $0.query("SELECT version, name FROM schema_migration ORDER BY version")
        }
        try requireEqual(versions.map { $0.values }, [[1, "first"], [2, "second"]], "recorded versions")
        let applied = try await database.count("schema_migration", where: "applied_at > 1700000000000")
        try requireEqual(applied, 2, "times in epoch milliseconds")
    }

    private static func schemaChangesUnderStatements(_ database: any SQLDatabase) async throws {
        try await database.migrate(["CREATE TABLE t (n INTEGER)"])
        try await database.append("INSERT INTO t (n) VALUES (?)", rows: [[1]])
        for _ in 0..<20 {
            let before = try await database.read { try $0.query("SELECT * FROM t")[0].columns }
            try requireEqual(before, ["n"], "columns before")
        }
        try await database.migrate(["ALTER TABLE t ADD COLUMN x TEXT"])
        for _ in 0..<20 {
            let after = try await database.read { try $0.query("SELECT * FROM t")[0].values }
            try requireEqual(after, [1, nil], "values after")
            let written = try await database.write { try $0.query("SELECT * FROM t")[0].columns }
            try requireEqual(written, ["n", "x"], "columns after")
        }
    }
}
