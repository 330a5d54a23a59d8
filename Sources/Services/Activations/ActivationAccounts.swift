// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// Accounts that may ask for an activation, and their keys: the operator makes them.
package struct ActivationAccounts: Sendable {
    /// A new key with the account it opens; the key is shown this once.
    package struct Created: Sendable {
        package let account: ActivationAccount
        package let secret: OtherSecret
    }

    /// An account that proved itself by SID and key.
    package struct Session: Sendable {
        package let account: ActivationAccount
        /// Acts for the account's partner; activities name the key.
        package let principal: Principal
    }

    private let store: Store

    package init(store: Store) { self.store = store }

    /// Unverified accounts are on trial: they exist, and every call of theirs is refused.
    package func create(
        for partner: PartnerID, customer: CustomerID?, isVerified: Bool, by principal: Principal
    ) async throws -> Created {
        try principal.requireOperator()
        let secret = APIKeys.newSecret(prefix: "ka", world: store.world)
        let hash = APIKeys.hash(secret)
        return try await store.write { tx in
            guard try tx.partners.find(partner) != nil else { throw ServiceError.partnerNotFound }
            if let customer, try tx.customers.find(customer, of: partner) == nil {
                throw ServiceError.customerNotFound
            }
            let account = try Self.insert(partner, customer, isVerified, in: tx)
            try tx.activationAccounts.insertKey(hash: hash, prefix: String(secret.prefix(14)), of: account.sid)
            try tx.activities.record(
                partner: partner, actor: principal.actor, action: "kaleyra_account.created",
                target: account.sid.rawValue)
            return Created(account: account, secret: OtherSecret(secret))
        }
    }

    private static func insert(
        _ partner: PartnerID, _ customer: CustomerID?, _ isVerified: Bool, in tx: StoreTransaction
    ) throws -> ActivationAccount {
        var random = SystemRandomNumberGenerator()
        while true {
            let draft = ActivationAccount(
                sid: AccountSID(random: &random), partnerID: partner, customerID: customer, isVerified: isVerified,
                createdAt: tx.now)
            if let account = try tx.activationAccounts.insert(draft) { return account }
        }
    }

    /// A new key; the former ones stop working.
    package func rotateKey(of sid: AccountSID, by principal: Principal) async throws -> Created {
        try principal.requireOperator()
        let secret = APIKeys.newSecret(prefix: "ka", world: store.world)
        let hash = APIKeys.hash(secret)
        return try await store.write { tx in
            guard let account = try tx.activationAccounts.find(sid) else { throw ServiceError.activationNotFound }
            try tx.activationAccounts.revokeKeys(of: sid)
            try tx.activationAccounts.insertKey(hash: hash, prefix: String(secret.prefix(14)), of: sid)
            try tx.activities.record(
                partner: account.partnerID, actor: principal.actor, action: "kaleyra_account.key_rotated",
                target: sid.rawValue)
            return Created(account: account, secret: OtherSecret(secret))
        }
    }

    /// The operator's word that the account's owner is known (KYC), or not any more.
    package func setVerified(
        _ isVerified: Bool, _ sid: AccountSID, by principal: Principal
    ) async throws -> ActivationAccount {
        try principal.requireOperator()
        return try await store.write { tx in
            guard try tx.activationAccounts.setVerified(isVerified, sid),
                let account = try tx.activationAccounts.find(sid)
            else { throw ServiceError.activationNotFound }
            try tx.activities.record(
                partner: account.partnerID, actor: principal.actor,
                action: isVerified ? "kaleyra_account.activated" : "kaleyra_account.put_on_trial", target: sid.rawValue)
            return account
        }
    }

    package func list(for principal: Principal) async throws -> [ActivationAccount] {
        try await store.read { try $0.activationAccounts.list(of: principal.partnerID) }
    }

    /// Who asks. Wrong, unknown, revoked and foreign ones look alike and cost the same: the key is digested and both rows are
    /// asked for, whatever was presented. Nothing is remembered, so that no answer comes faster than another.
    package func authenticate(sid: String, key: String) async throws -> Session {
        let hash = APIKeys.hash(key)
        let presented = AccountSID(validating: sid) ?? AccountSID(rawValue: "")
        let found = try await store.read { tx in
            (try tx.activationAccounts.find(presented), try tx.activationAccounts.keyOwner(hash: hash))
        }
        guard let account = found.0, let owner = found.1, owner.sid == account.sid else {
            throw ServiceError.unauthorized
        }
        let principal = Principal(role: .partner, partnerID: account.partnerID, actor: owner.prefix)
        return Session(account: account, principal: principal)
    }
}
