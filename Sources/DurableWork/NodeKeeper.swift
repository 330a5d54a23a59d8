// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Logging
import Metrics
import ServiceLifecycle
package import Store

/// Says that this node lives, prolongs its leases, and frees what dead nodes held.
package struct NodeKeeper: Service {
    private let store: Store
    private let node: NodeID
    private let settings: WorkSettings
    private let isAlone: Bool
    private let logger: Logger

    /// `isAlone`: only one process can serve this database (SQLite), so that a start frees all claims at once.
    package init(store: Store, node: NodeID, settings: WorkSettings, isAlone: Bool, logger: Logger) {
        self.store = store
        self.node = node
        self.settings = settings
        self.isAlone = isAlone
        self.logger = logger
    }

    /// Before anything is claimed or born claimed.
    package func start() async throws {
        let (node, settings, isAlone) = (node, settings, isAlone)
        try await store.write { tx in
            try tx.nodes.beat(node, lease: settings.lease)
            if isAlone { try tx.nodes.forgetOthers(than: node) }
        }
        try await sweep()
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: settings.heartbeat)
                await beat()
            }
        }
    }

    /// After the pool has drained: nothing is held, so nobody need wait for the grace period.
    package func stop() async {
        let node = node
        try? await store.write { try $0.nodes.remove(node) }
    }

    /// Three transactions: claims change all the time, and a conflict over them must not keep a living node from saying so.
    private func beat() async {
        let (node, settings) = (node, settings)
        await attempt("heartbeat") { try await store.write { try $0.nodes.greet(node) } }
        await attempt("prolonging leases") {
            try await store.write { try $0.nodes.prolong(node, lease: settings.lease) }
        }
        await attempt("sweep") { try await sweep() }
    }

    private func attempt(_ what: String, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            logger.warning("\(what) failed", metadata: ["error": "\(error)"])
        }
    }

    private func sweep() async throws {
        let (node, settings) = (node, settings)
        let swept = try await store.write { tx in
            try tx.nodes.sweep(by: node, grace: settings.grace, crashesMax: settings.crashesMax)
        }
        let total = swept.work + swept.deliveries + swept.notifications
        guard total > 0 else { return }
        Counter(label: "gangway_job_rescued_total").increment(by: total)
        logger.notice(
            "rescued what a dead node held",
            metadata: [
                "work": "\(swept.work)", "deliveries": "\(swept.deliveries)", "notifications": "\(swept.notifications)",
            ])
    }
}
