// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct APIKeyTable {
    let tx: StoreTransaction

    /// `hash` is SHA-256 of the key; the key itself is never stored.
    package func insert(_ key: APIKey, hash: [UInt8]) throws {
        try tx.sql.execute(
            "INSERT INTO api_key (id, partner_id, role, prefix, hash, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            [.id(key.id), .id(key.partnerID), .name(key.role), .text(key.prefix), .blob(hash), .time(key.createdAt)])
    }

    /// Revoked keys included: the caller decides.
    package func find(hash: [UInt8]) throws -> APIKey? {
        try tx.sql.first("SELECT * FROM api_key WHERE hash = ?", [.blob(hash)]).map(Self.read(_:))
    }

    package func list(of partner: PartnerID?) throws -> [APIKey] {
        guard let partner else {
            return try tx.sql.query("SELECT * FROM api_key ORDER BY created_at, id").map(Self.read(_:))
        }
        return try tx.sql.query("SELECT * FROM api_key WHERE partner_id = ? ORDER BY created_at, id", [.id(partner)])
            .map(Self.read(_:))
    }

    /// Returns false when there is no such key or it was revoked before.
    package func revoke(_ id: APIKeyID) throws -> Bool {
        try tx.sql.execute(
            "UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", [.time(tx.now), .id(id)]) == 1
    }

    /// Older news never overwrites newer.
    package func touch(_ id: APIKeyID) throws {
        try tx.sql.execute(
            "UPDATE api_key SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)",
            [.time(tx.now), .id(id), .time(tx.now)])
    }

    private static func read(_ row: SQLRow) throws -> APIKey {
        APIKey(
            id: try row.id("id"), partnerID: try row.optionalID("partner_id"), role: try row.value("role"),
            prefix: try row.text("prefix"), createdAt: try row.timestamp("created_at"),
            lastUsedAt: try row.optionalTimestamp("last_used_at"), revokedAt: try row.optionalTimestamp("revoked_at"))
    }
}

extension StoreTransaction {
    package var apiKeys: APIKeyTable { APIKeyTable(tx: self) }
}
