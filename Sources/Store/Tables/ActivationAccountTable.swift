// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct ActivationAccountTable {
    let tx: StoreTransaction

    /// Inserts and returns it with its number; nil when the SID is taken.
    package func insert(_ account: ActivationAccount) throws -> ActivationAccount? {
        let row = try tx.sql.first(
            """
            INSERT INTO activation_account (sid, partner_id, customer_id, is_verified, created_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (sid) DO NOTHING RETURNING number
            """,
            [
                .id(account.sid), .id(account.partnerID), .id(account.customerID), .bool(account.isVerified),
                .time(account.createdAt),
            ])
        guard let row else { return nil }
        var stored = account
        stored.number = try row.integer("number")
        return stored
    }

    package func find(_ sid: AccountSID) throws -> ActivationAccount? {
        try tx.sql.first("SELECT * FROM activation_account WHERE sid = ?", [.id(sid)]).map(Self.read(_:))
    }

    /// In order of creation; nil: of every partner.
    package func list(of partner: PartnerID?) throws -> [ActivationAccount] {
        guard let partner else {
            return try tx.sql.query("SELECT * FROM activation_account ORDER BY number LIMIT 1000").map(Self.read(_:))
        }
        return try tx.sql.query(
            "SELECT * FROM activation_account WHERE partner_id = ? ORDER BY number LIMIT 1000", [.id(partner)]
        ).map(Self.read(_:))
    }

    /// Returns false when there is no such account.
    package func setVerified(_ isVerified: Bool, _ sid: AccountSID) throws -> Bool {
        try tx.sql.execute(
            "UPDATE activation_account SET is_verified = ? WHERE sid = ?", [.bool(isVerified), .id(sid)]) == 1
    }

    // MARK: Keys

    /// `hash` is SHA-256 of the key; the key itself is never stored.
    package func insertKey(hash: [UInt8], prefix: String, of sid: AccountSID) throws {
        try tx.sql.execute(
            "INSERT INTO activation_key (hash, sid, prefix, created_at) VALUES (?, ?, ?, ?)",
            [.blob(hash), .id(sid), .text(prefix), .time(tx.now)])
    }

    /// Whose key it is and how it begins; nil for unknown and revoked keys.
    package func keyOwner(hash: [UInt8]) throws -> (sid: AccountSID, prefix: String)? {
        let row = try tx.sql.first(
            "SELECT sid, prefix, revoked_at FROM activation_key WHERE hash = ?", [.blob(hash)])
        guard let row, try row.optionalTimestamp("revoked_at") == nil else { return nil }
        return (try row.id("sid"), try row.text("prefix"))
    }

    /// All keys of the account so far stop working.
    package func revokeKeys(of sid: AccountSID) throws {
        try tx.sql.execute(
            "UPDATE activation_key SET revoked_at = ? WHERE sid = ? AND revoked_at IS NULL", [.time(tx.now), .id(sid)])
    }

    private static func read(_ row: SQLRow) throws -> ActivationAccount {
        ActivationAccount(
            sid: try row.id("sid"), number: try row.integer("number"), partnerID: try row.id("partner_id"),
            customerID: try row.optionalID("customer_id"), isVerified: try row.bool("is_verified"),
            createdAt: try row.timestamp("created_at"))
    }
}

extension StoreTransaction {
    package var activationAccounts: ActivationAccountTable { ActivationAccountTable(tx: self) }
}
