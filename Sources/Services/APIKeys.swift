// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Domain
package import Store
import Synchronization

/// Keys of partners and operators: shown once, stored as a digest.
package struct APIKeys: Sendable {
    /// A key as it is shown, once.
    package struct Minted: Sendable {
        package let key: APIKey
        package let secret: OtherSecret
    }

    private let store: Store
    private let cache = KeyCache()
    private let uses = KeyUses()

    package init(store: Store) { self.store = store }

    /// `pk_live_…` / `pk_test_…` for partners, `op_live_…` / `op_test_…` for the operator: 160 random bits and a checksum.
    package func mint(for partner: PartnerID?, by actor: String) async throws -> Minted {
        try await mint(for: partner, by: actor, once: Once<Minted>?.none).fresh()
    }

    /// The same, answered once per idempotency key.
    package func mint(for partner: PartnerID?, by actor: String, once: Once<Minted>?) async throws -> Outcome<Minted> {
        let role: APIKeyRole = partner == nil ? .operator : .partner
        let secret = Self.newSecret(role: role, world: store.world)
        let hash = Self.hash(secret)
        return try await store.write { tx in
            try Once.perform(once, in: tx) { tx in
                if let partner, try tx.partners.find(partner) == nil { throw ServiceError.partnerNotFound }
                let key = APIKey(
                    id: APIKeyID(at: tx.now), partnerID: partner, role: role, prefix: String(secret.prefix(14)),
                    createdAt: tx.now)
                try tx.apiKeys.insert(key, hash: hash)
                try tx.activities.record(partner: partner, actor: actor, action: "key.created", target: key.id.rawValue)
                return Minted(key: key, secret: OtherSecret(secret))
            }
        }
    }

    /// Stores a key that is known already (a credentials file that outlived its database). Does nothing if it is stored.
    package func adopt(_ secret: OtherSecret, for partner: PartnerID?) async throws {
        let hash = Self.hash(secret.secret)
        try await store.write { tx in
            guard try tx.apiKeys.find(hash: hash) == nil else { return }
            let key = APIKey(
                id: APIKeyID(at: tx.now), partnerID: partner, role: partner == nil ? .operator : .partner,
                prefix: String(secret.secret.prefix(14)), createdAt: tx.now)
            try tx.apiKeys.insert(key, hash: hash)
        }
    }

    /// Whose key it is. Wrong, unknown and revoked keys look alike. A revocation is seen within 2 s.
    package func authenticate(_ presented: String) async throws -> Principal {
        guard Self.isWellFormed(presented) else { throw ServiceError.unauthorized }
        let hash = Self.hash(presented)
        let now = store.machineClock.now()
        if let known = cache.find(hash, at: now) { return known }
        let key = try await store.read { try $0.apiKeys.find(hash: hash) }
        guard let key, key.revokedAt == nil else { throw ServiceError.unauthorized }
        let principal = Principal(role: key.role, partnerID: key.partnerID, actor: key.prefix)
        cache.keep(principal, for: hash, at: now)
        note(key.id, at: now)
        return principal
    }

    /// Beside the request, which it must neither delay nor fail: a key that is in use is written down once a minute.
    private func note(_ id: APIKeyID, at now: Timestamp) {
        guard uses.isDue(id, at: now) else { return }
        Task { [store] in try? await store.write { try $0.apiKeys.touch(id) } }
    }

    package func list(for principal: Principal) async throws -> [APIKey] {
        try await store.read { try $0.apiKeys.list(of: principal.partnerID) }
    }

    package func revoke(_ id: APIKeyID, by principal: Principal) async throws {
        try await store.write { tx in
            let visible = try tx.apiKeys.list(of: principal.partnerID)
            guard visible.contains(where: { $0.id == id }), try tx.apiKeys.revoke(id) else {
                throw ServiceError.keyNotFound
            }
            try tx.activities.record(
                partner: principal.partnerID, actor: principal.actor, action: "key.revoked", target: id.rawValue)
        }
        cache.removeAll()
    }

    static func hash(_ secret: String) -> [UInt8] { Array(SHA256.hash(data: Array(secret.utf8))) }

    static func newSecret(role: APIKeyRole, world: String) -> String {
        newSecret(prefix: role == .partner ? "pk" : "op", world: world)
    }

    static func newSecret(prefix: String, world: String) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")
        let random = String((0..<32).map { _ in alphabet[Int.random(in: 0..<32)] })
        return "\(prefix)_\(world)_\(random)\(checksum(random))"
    }

    /// Turns most typing slips away before the database is asked.
    static func isWellFormed(_ presented: String) -> Bool {
        guard (20...128).contains(presented.utf8.count), let tail = presented.split(separator: "_").last else {
            return false
        }
        return tail.count == 36 && checksum(String(tail.prefix(32))) == tail.suffix(4)
    }

    private static func checksum(_ text: String) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")
        return String(SHA256.hash(data: Array(text.utf8)).prefix(4).map { alphabet[Int($0 & 31)] })
    }
}

/// Authenticated keys, remembered for 2 s so that a busy partner does not cost a read a request.
private final class KeyCache: Sendable {
    private let entries = Mutex<[[UInt8]: (principal: Principal, until: Timestamp)]>([:])

    func find(_ hash: [UInt8], at now: Timestamp) -> Principal? {
        entries.withLock { entries in
            guard let entry = entries[hash], entry.until > now else { return nil }
            return entry.principal
        }
    }

    func keep(_ principal: Principal, for hash: [UInt8], at now: Timestamp) {
        entries.withLock { entries in
            if entries.count >= 10_000 { entries.removeAll() }
            entries[hash] = (principal, now + .seconds(2))
        }
    }

    func removeAll() { entries.withLock { $0.removeAll() } }
}

/// When each key's use was last written down by this node.
private final class KeyUses: Sendable {
    private let written = Mutex<[APIKeyID: Timestamp]>([:])

    func isDue(_ id: APIKeyID, at now: Timestamp) -> Bool {
        written.withLock { written in
            if let last = written[id], now - last < .minutes(1) { return false }
            if written.count >= 10_000 { written.removeAll() }
            written[id] = now
            return true
        }
    }
}
