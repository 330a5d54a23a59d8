// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine
import SealedSecrets

package struct IdempotencyTable {
    let tx: StoreTransaction

    package enum Lookup: Sendable, Hashable {
        case fresh
        case replay(StoredAnswer)
        /// The same key came with another request.
        case mismatch
    }

    /// `scope` is a digest of partner, method, route and key; `fingerprint` of the whole request.
    package func look(scope: [UInt8], fingerprint: [UInt8]) throws -> Lookup {
        let row = try tx.sql.first(
            "SELECT fingerprint, status, sealed_body FROM idempotency WHERE scope = ? AND expires_at > ?",
            [.blob(scope), .time(tx.now)])
        guard let row else { return .fresh }
        guard try row.blob("fingerprint") == fingerprint else { return .mismatch }
        let body = try tx.open(try row.blob("sealed_body"), context: context(scope))
        return .replay(StoredAnswer(status: try row.int("status"), body: body))
    }

    /// In the transaction of the effect, so that a key is never used up by work that did not happen.
    package func keep(_ answer: StoredAnswer, scope: [UInt8], fingerprint: [UInt8], for period: Duration) throws {
        let (keyID, sealed) = try tx.seal(answer.body, context: context(scope))
        try tx.sql.execute(
            """
            INSERT INTO idempotency (scope, fingerprint, status, sealed_body, key_id, expires_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (scope) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
                sealed_body = excluded.sealed_body, key_id = excluded.key_id, expires_at = excluded.expires_at
            """,
            [
                .blob(scope), .blob(fingerprint), .int(answer.status), .blob(sealed), .text(keyID),
                .time(tx.now + period),
            ])
    }

    /// As ``SecretTable/reseal(from:limit:)``.
    func reseal(from former: String?, limit: Int) throws -> Int {
        let rows = try tx.sql.query(
            "SELECT scope, sealed_body FROM idempotency WHERE key_id \(former == nil ? "IS NULL" : "= ?") LIMIT ?",
            (former.map { [.text($0)] } ?? []) + [.int(limit)])
        for row in rows {
            let scope = try row.blob("scope")
            let (keyID, sealed) = try tx.seal(
                try tx.open(try row.blob("sealed_body"), context: context(scope)), context: context(scope))
            try tx.sql.execute(
                "UPDATE idempotency SET sealed_body = ?, key_id = ? WHERE scope = ?",
                [.blob(sealed), .text(keyID), .blob(scope)])
        }
        return rows.count
    }

    package func prune() throws -> Int {
        try tx.sql.execute(
            "DELETE FROM idempotency WHERE scope IN (SELECT scope FROM idempotency WHERE expires_at <= ? LIMIT 100)",
            [.time(tx.now)])
    }

    private func context(_ scope: [UInt8]) -> SealContext {
        let row = scope.map { String($0, radix: 16) }.joined(separator: ".")
        return SealContext(world: tx.store.world, table: "idempotency", column: "body", row: row)
    }
}

extension StoreTransaction {
    package var idempotency: IdempotencyTable { IdempotencyTable(tx: self) }
}
