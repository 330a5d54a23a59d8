// SPDX-License-Identifier: Apache-2.0
package import Domain
package import MetaChanges
package import Store
import Synchronization

/// Meta's webhooks: which secrets sign them, and where they are kept.
package final class Notifications: Sendable {
    /// What the door needs to judge a request for one app.
    package struct Gate: Sendable {
        /// The current secret, and the former one while it is rotated.
        package let appSecrets: [AppSecret]
        package let verifyToken: OtherSecret?
    }

    private let store: Store
    private let load: IntakeLoad
    private let ring: @Sendable () -> Void
    private let gates = Mutex<[AppID: (gate: Gate, until: Timestamp)]>([:])

    /// `ring` tells this node's worker that something was stored, `load` how much waits to be.
    package init(store: Store, load: IntakeLoad = IntakeLoad(), ring: @escaping @Sendable () -> Void) {
        self.store = store
        self.load = load
        self.ring = ring
    }

    /// Throws `appNotFound` for an app of another world. Remembered for 2 s: this is the hot path.
    package func gate(for app: AppID) async throws -> Gate {
        let now = store.machineClock.now()
        if let known = gates.withLock({ $0[app] }), known.until > now { return known.gate }
        let gate = try await store.read { tx -> Gate? in
            let owner = SecretTable.Owner.app(app)
            guard let current: AppSecret = try tx.secrets.get(.appSecret, of: owner) else { return nil }
            let previous: AppSecret? = try tx.secrets.get(.previousAppSecret, of: owner)
            return Gate(
                appSecrets: [current] + (previous.map { [$0] } ?? []),
                verifyToken: try tx.secrets.get(.verifyToken, of: owner))
        }
        guard let gate else { throw ServiceError.appNotFound }
        gates.withLock { gates in
            if gates.count >= 1000 { gates.removeAll() }
            gates[app] = (gate, now + .seconds(2))
        }
        return gate
    }

    /// Calls `isStored` once: with true when the bytes are durable, with false when they cannot be stored. It runs on the
    /// database's thread and must not block.
    package func append(
        app: AppID, lane: NotificationLane, body: [UInt8], isStored: @escaping @Sendable (Bool) -> Void
    ) {
        load.enter()
        store.appendNotification(app: app, lane: lane, body: body) { [load, ring] failure in
            load.leave()
            if failure == nil { ring() }
            isStored(failure == nil)
        }
    }
}
