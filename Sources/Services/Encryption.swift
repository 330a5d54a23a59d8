// SPDX-License-Identifier: Apache-2.0
package import Domain
package import DurableWork
package import Store

/// The keys that seal this world's secrets: shown by id, rotated while the server runs.
package struct Encryption: Sendable {
    package struct Status: Sendable, Hashable {
        /// Newest first; the first seals.
        package let dataKeys: [DataKeyFacts]
        /// Texts sealed with another key than the current one.
        package let left: Int
        /// Whether they are being sealed again.
        package let isResealing: Bool
    }

    private let store: Store
    private let pool: WorkPool?

    package init(store: Store, pool: WorkPool?) {
        self.store = store
        self.pool = pool
    }

    package func status(for principal: Principal) async throws -> Status {
        try principal.requireOperator()
        return try await store.read { tx in
            let keys = try tx.dataKeys.all()
            let former = keys.filter { !$0.isCurrent }.reduce(0) { $0 + $1.sealedCount }
            let isResealing = try tx.work.counts().contains { $0.kind == WorkKind.reseal }
            return Status(dataKeys: keys, left: former + (try tx.dataKeys.unnamedCount()), isResealing: isResealing)
        }
    }

    /// Takes a new data key into use at once, on all nodes, wrapped by the newest key-encryption key, and has everything
    /// sealed again in the background. `addsKey` makes a new key-encryption key first: where several nodes run, it must be
    /// in the key file of each of them before, so that is refused there.
    package func rotate(addsKey: Bool, by principal: Principal) async throws -> Status {
        try principal.requireOperator()
        if addsKey {
            let nodes = try await store.read { try $0.nodes.count() }
            guard nodes <= 1 else {
                throw ServiceError.invalid(
                    field: "new_key_encryption_key",
                    message: "is possible with one node only; append the same new line to the key file of each node")
            }
        }
        try await store.rotateKeys(addsKey: addsKey) { tx in
            try tx.work.enqueue(kind: WorkKind.reseal, key: Resealer.key, dueAt: tx.now)
            try tx.activities.record(
                partner: nil, actor: principal.actor, action: "encryption.rotated", target: store.world)
        }
        pool?.wake()
        return try await status(for: principal)
    }
}
