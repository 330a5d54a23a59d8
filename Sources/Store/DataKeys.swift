// SPDX-License-Identifier: Apache-2.0
import Domain
import SQLEngine
import SealedSecrets

/// The world's data keys: wrapped in the database, unwrapped before any closure runs.
struct DataKeys {
    let database: any SQLDatabase
    let now: Timestamp

    /// Opens with every key; seals with the newest. The first start mints one.
    func sealer(keyRing: KeyRing) async throws -> Sealer {
        var wrapped = try await load()
        if wrapped.isEmpty {
            try await insert(try keyRing.newDataKey().0)
            // Another node may have minted one at the same moment: both are kept, the order decides.
            wrapped = try await load()
        }
        let keys = try wrapped.map { try keyRing.unwrap($0) }
        return Sealer(current: keys[keys.count - 1], others: Array(keys.dropLast()))
    }

    private func load() async throws -> [WrappedDataKey] {
        try await database.read { sql in
            try sql.query("SELECT id, kek_id, wrapped FROM data_key ORDER BY created_at, id").map { row in
                WrappedDataKey(id: try row.text("id"), kekID: try row.text("kek_id"), wrapped: try row.blob("wrapped"))
            }
        }
    }

    private func insert(_ key: WrappedDataKey) async throws {
        let now = now
        try await database.write { sql in
            let existing = try sql.first("SELECT id FROM data_key LIMIT 1")
            guard existing == nil else { return }
            try sql.execute(
                "INSERT INTO data_key (id, kek_id, wrapped, created_at) VALUES (?, ?, ?, ?)",
                [.text(key.id), .text(key.kekID), .blob(key.wrapped), .integer(now.milliseconds)])
        }
    }
}
