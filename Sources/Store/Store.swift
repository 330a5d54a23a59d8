// SPDX-License-Identifier: Apache-2.0
package import Domain
package import SQLEngine
package import SealedSecrets

/// Every SQL statement of the product, for one world. A method of a table is one statement or a few; a closure is one transaction.
package struct Store: Sendable {
    /// `live` or `test`: part of what every sealed secret is bound to.
    package let world: String
    package let database: any SQLDatabase
    /// The world's time: events, due times, budgets. The test world's can be advanced.
    package let clock: any WorldClock
    /// The machine's time: leases and heartbeats, which no world may fast-forward.
    package let machineClock: any WorldClock
    let vault: KeyVault
    let renderer: EventRenderer

    /// Migrates the schema, loads (or mints) the data key and opens the world. `keySource` is
    /// asked when a key appears that `keyRing` cannot open, and at rotations.
    package static func open(
        world: String, database: any SQLDatabase, keyRing: KeyRing, clock: any WorldClock,
        machineClock: any WorldClock = SystemClock(), keySource: KeySource? = nil,
        renderer: EventRenderer = EventRenderer { _, _ in nil }
    ) async throws -> Store {
        try await migrate(database)
        let vault = KeyVault(database: database, ring: keyRing, source: keySource)
        let store = Store(
            world: world, database: database, clock: clock, machineClock: machineClock, vault: vault,
            renderer: renderer)
        try await vault.open { ring in
            let (wrapped, _) = try ring.newDataKey()
            try await store.write { tx in
                guard try tx.dataKeys.all().isEmpty else { return }
                try tx.dataKeys.insert(wrapped)
            }
        }
        return store
    }

    /// Applies what is missing; returns the names of the migrations it applied.
    @discardableResult
    package static func migrate(_ database: any SQLDatabase) async throws -> [String] {
        var applied: [String] = []
        for migration in Migration.all {
            let isNew = try await database.migrate(
                version: migration.version, name: migration.name, statements: migration.statements)
            if isNew { applied.append(migration.name) }
        }
        return applied
    }

    /// The engine's name, and its settings that decide whether a commit survives a power cut.
    package func durability() async throws -> (engine: String, settings: [String: String]) {
        (database.engineName, try await database.durability())
    }

    /// Versions of the migrations that this program knows.
    package static var knownMigrations: [Int] { Migration.all.map(\.version) }

    /// One durable transaction. The closure does nothing but SQL and may run twice: results leave by return value only.
    package func write<T: Sendable>(_ body: @escaping @Sendable (StoreTransaction) throws -> T) async throws -> T {
        try await withKeys {
            let now = clock.now()
            return try await database.write { [self] sql in
                try body(StoreTransaction(sql: sql, now: now, machineNow: machineClock.now(), store: self))
            }
        }
    }

    /// Yields when a transaction of any node rang `channel` (see ``WakeUp``). Lossy: always keep a poll as backstop.
    package func wakeUps(_ channel: String) -> AsyncStream<Void> { database.wakeUps(channel) }

    /// One consistent snapshot.
    package func read<T: Sendable>(_ body: @escaping @Sendable (StoreTransaction) throws -> T) async throws -> T {
        try await withKeys {
            let now = clock.now()
            return try await database.read { [self] sql in
                try body(StoreTransaction(sql: sql, now: now, machineNow: machineClock.now(), store: self))
            }
        }
    }

    /// A key that another node took into use is loaded when a closure first meets it; the closure then runs again.
    private func withKeys<T>(_ body: () async throws -> T) async throws -> T {
        var loaded: Set<String> = []
        while true {
            do {
                return try await body()
            } catch let missing as MissingDataKey {
                guard loaded.insert(missing.id).inserted else { throw SealError.unknownKey(id: missing.id) }
                try await vault.load(missing.id)
            }
        }
    }
}

/// The tables inside one transaction. Must not leave its closure.
package struct StoreTransaction {
    package let sql: any SQLTransaction
    package let now: Timestamp
    package let machineNow: Timestamp
    let store: Store

    /// Versions of the migrations that this database has.
    package func migrationVersions() throws -> [Int] {
        try sql.query("SELECT version FROM schema_migration ORDER BY version").map { try $0.int("version") }
    }
}
