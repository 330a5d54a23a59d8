// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine
import SealedSecrets

/// Sealed text, bound to the row and column it belongs to: moved elsewhere it does not open.
package struct SecretTable {
    let tx: StoreTransaction

    /// Whose secret it is. Stored: never rename.
    package enum Owner {
        case app(AppID)
        case onboarding(OnboardingID)
        case waba(WABAID)
        case phoneNumber(PhoneNumberID)
        case endpoint(EndpointID)
        case tokenKey(TokenKeyID)
        /// By the certificate's name.
        case certificate(String)
        /// The world itself.
        case world(String)

        var table: String {
            switch self {
            case .app: "meta_app"
            case .onboarding: "onboarding"
            case .waba: "waba"
            case .phoneNumber: "phone_number"
            case .endpoint: "endpoint"
            case .tokenKey: "access_token_key"
            case .certificate: "certificate"
            case .world: "world"
            }
        }

        var id: String {
            switch self {
            case .app(let id): id.rawValue
            case .onboarding(let id): id.rawValue
            case .waba(let id): id.rawValue
            case .phoneNumber(let id): id.rawValue
            case .endpoint(let id): id.rawValue
            case .tokenKey(let id): id.rawValue
            case .certificate(let name): name
            case .world(let name): name
            }
        }
    }

    /// Stored: never rename.
    package enum Name: String {
        case appSecret = "app_secret"
        case previousAppSecret = "previous_app_secret"
        case systemToken = "system_token"
        case verifyToken = "verify_token"
        case signupCode = "signup_code"
        case pin
        /// Sent with a registration whose outcome is not known yet.
        case pendingPIN = "pending_pin"
        /// Sent with a change of the PIN whose outcome is not known yet.
        case nextPIN = "next_pin"
        case businessToken = "business_token"
        case callbackVerifyToken = "callback_verify_token"
        /// What Meta sent to a number that is to be verified.
        case verificationCode = "verification_code"
        case signingSecret = "signing_secret"
        case cursorKey = "cursor_key"
        case tokenKey = "token_key"
        /// Of a certificate's pieces.
        case certificateKey = "certificate_key"
        /// The receiver's own, for a dialect that signs with what its client chose.
        case dialectSecret = "dialect_secret"
    }

    package func put(_ secret: some SecretText, as name: Name, of owner: Owner) throws {
        let (keyID, sealed) = try tx.seal(secret.secret, context: context(name, owner))
        try tx.sql.execute(
            """
            INSERT INTO sealed_secret (owner_table, owner_id, name, sealed, key_id, updated_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (owner_table, owner_id, name) DO UPDATE SET sealed = excluded.sealed, key_id = excluded.key_id,
                updated_at = excluded.updated_at
            """,
            [.text(owner.table), .text(owner.id), .text(name.rawValue), .blob(sealed), .text(keyID), .time(tx.now)])
    }

    /// Seals up to `limit` texts of the data key `former` (nil: not written down) with the current one.
    func reseal(from former: String?, limit: Int) throws -> Int {
        let rows = try tx.sql.query(
            """
            SELECT owner_table, owner_id, name, sealed FROM sealed_secret WHERE key_id \(former == nil ? "IS NULL" : "= ?")
            LIMIT ?
            """, (former.map { [.text($0)] } ?? []) + [.int(limit)])
        for row in rows {
            let (table, id, name) = (try row.text("owner_table"), try row.text("owner_id"), try row.text("name"))
            let context = SealContext(world: tx.store.world, table: table, column: name, row: id)
            let (keyID, sealed) = try tx.seal(
                try tx.open(try row.blob("sealed"), context: context), context: context)
            try tx.sql.execute(
                "UPDATE sealed_secret SET sealed = ?, key_id = ? WHERE owner_table = ? AND owner_id = ? AND name = ?",
                [.blob(sealed), .text(keyID), .text(table), .text(id), .text(name)])
        }
        return rows.count
    }

    package func get<Secret: SecretText>(_ name: Name, of owner: Owner, as type: Secret.Type = Secret.self) throws
        -> Secret?
    {
        let row = try tx.sql.first(
            "SELECT sealed FROM sealed_secret WHERE owner_table = ? AND owner_id = ? AND name = ?",
            [.text(owner.table), .text(owner.id), .text(name.rawValue)])
        guard let row else { return nil }
        return Secret(try tx.open(try row.blob("sealed"), context: context(name, owner)))
    }

    package func remove(_ name: Name, of owner: Owner) throws {
        try tx.sql.execute(
            "DELETE FROM sealed_secret WHERE owner_table = ? AND owner_id = ? AND name = ?",
            [.text(owner.table), .text(owner.id), .text(name.rawValue)])
    }

    private func context(_ name: Name, _ owner: Owner) -> SealContext {
        SealContext(world: tx.store.world, table: owner.table, column: name.rawValue, row: owner.id)
    }
}

extension StoreTransaction {
    package var secrets: SecretTable { SecretTable(tx: self) }
}
