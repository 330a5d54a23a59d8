// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine
import SealedSecrets

package struct DataKeyTable {
    let tx: StoreTransaction

    /// Newest first.
    package func all() throws -> [DataKeyFacts] {
        let rows = try tx.sql.query("SELECT id, kek_id, created_at FROM data_key ORDER BY created_at DESC, id DESC")
        return try rows.enumerated().map { index, row in
            let id = try row.text("id")
            return DataKeyFacts(
                id: id, keyEncryptionKeyID: try row.text("kek_id"), createdAt: try row.timestamp("created_at"),
                isCurrent: index == 0, sealedCount: try count(of: id))
        }
    }

    /// Texts that name no key yet; they are sealed again first.
    package func unnamedCount() throws -> Int {
        let row = try tx.sql.first(
            """
            SELECT (SELECT COUNT(*) FROM sealed_secret WHERE key_id IS NULL)
                + (SELECT COUNT(*) FROM idempotency WHERE key_id IS NULL) AS n
            """)
        return try row?.int("n") ?? 0
    }

    private func count(of id: String) throws -> Int {
        let row = try tx.sql.first(
            """
            SELECT (SELECT COUNT(*) FROM sealed_secret WHERE key_id = ?)
                + (SELECT COUNT(*) FROM idempotency WHERE key_id = ?) AS n
            """, [.text(id), .text(id)])
        return try row?.int("n") ?? 0
    }

    /// Takes a new key into use for everything that is sealed from now on, by every node.
    func insert(_ key: WrappedDataKey) throws {
        // Later than every other, whatever the clock says: the newest seals.
        let newest = try tx.sql.first("SELECT created_at FROM data_key ORDER BY created_at DESC LIMIT 1")
        let floor = try newest.map { try $0.timestamp("created_at") + .milliseconds(1) } ?? tx.now
        try tx.sql.execute(
            "INSERT INTO data_key (id, kek_id, wrapped, created_at) VALUES (?, ?, ?, ?)",
            [.text(key.id), .text(key.kekID), .blob(key.wrapped), .time(max(tx.now, floor))])
    }

    /// Wraps every data key with the ring's newest key-encryption key: former ones are then of no more use here.
    func rewrapAll(with ring: KeyRing) throws {
        let rows = try tx.sql.query(
            "SELECT id, kek_id, wrapped FROM data_key WHERE kek_id <> ?", [.text(ring.newestID)])
        for row in rows {
            let wrapped = try ring.rewrap(
                WrappedDataKey(id: try row.text("id"), kekID: try row.text("kek_id"), wrapped: try row.blob("wrapped")))
            try tx.sql.execute(
                "UPDATE data_key SET kek_id = ?, wrapped = ? WHERE id = ?",
                [.text(wrapped.kekID), .blob(wrapped.wrapped), .text(wrapped.id)])
        }
    }

    /// Seals up to `limit` texts of former keys with the current one. Returns how many it did.
    package func reseal(limit: Int) throws -> Int {
        var done = 0
        for former in try [nil] + all().filter({ !$0.isCurrent }).map(\.id) where done < limit {
            done += try tx.secrets.reseal(from: former, limit: limit - done)
            done += try tx.idempotency.reseal(from: former, limit: limit - done)
        }
        return done
    }

    /// Forgets the former keys with which nothing is sealed any more. Returns their ids.
    package func retireUnused() throws -> [String] {
        guard try unnamedCount() == 0 else { return [] }
        let unused = try all().filter { !$0.isCurrent && $0.sealedCount == 0 }.map(\.id)
        for id in unused { try tx.sql.execute("DELETE FROM data_key WHERE id = ?", [.text(id)]) }
        return unused
    }
}

extension StoreTransaction {
    package var dataKeys: DataKeyTable { DataKeyTable(tx: self) }
}

extension Store {
    /// Takes a new data key into use and wraps all of them with the newest key-encryption key, a new one if `addsKey`. What
    /// was sealed before stays readable; `reseal` moves it over. Returns the id of the new data key.
    @discardableResult
    package func rotateKeys(
        addsKey: Bool, _ also: @escaping @Sendable (StoreTransaction) throws -> Void = { _ in }
    ) async throws -> String {
        let ring = try vault.renewRing(addsKey: addsKey)
        let (wrapped, _) = try ring.newDataKey()
        try await write { tx in
            try tx.dataKeys.insert(wrapped)
            try tx.dataKeys.rewrapAll(with: ring)
            try also(tx)
        }
        return wrapped.id
    }
}
