// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One numbered step of the schema's history, applied at most once.
struct SchemaMigration: Sendable {
    static let table = """
        CREATE TABLE IF NOT EXISTS schema_migration (
            version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)
        """

    let version: Int
    let name: String
    let statements: [String]

    /// Runs inside the engine's locked transaction. Returns false if the version was applied before.
    func apply(to transaction: any SQLTransaction, translate: (String) -> String) throws(SQLError) -> Bool {
        try transaction.execute(translate(Self.table))
        let applied = try transaction.first("SELECT name FROM schema_migration WHERE version = ?", [.int(version)])
        guard applied == nil else { return false }
        for statement in statements { try transaction.execute(translate(statement)) }
        try transaction.execute(
            "INSERT INTO schema_migration (version, name, applied_at) VALUES (?, ?, ?)",
            [.int(version), .text(name), .integer(Self.machineTimeMilliseconds())])
        return true
    }

    private static func machineTimeMilliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
