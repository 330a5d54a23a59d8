// SPDX-License-Identifier: Apache-2.0
package import Domain
package import DurableWork
package import Logging
import ServiceLifecycle
package import Store
import Synchronization

/// Takes what Meta's door appended and applies it, lane `account` first. One worker a node and world.
package final class NotificationWorker: Service {
    let store: Store
    let node: NodeID
    let settings: WorkSettings
    let logger: Logger
    let load: IntakeLoad
    private let watch: MetaWatch?
    private let bell = Doorbell()
    private let isDraining = Mutex(false)
    private let hasStrays = Mutex(false)

    /// Of `settings`: lease and poll. `load`: what this node's door is waiting for.
    package init(
        store: Store, node: NodeID, settings: WorkSettings = WorkSettings(), load: IntakeLoad = IntakeLoad(),
        watch: MetaWatch? = nil, logger: Logger
    ) {
        self.watch = watch
        self.store = store
        self.node = node
        self.settings = settings
        self.logger = logger
        self.load = load
    }

    /// Says that something was appended.
    package func ring() { bell.ring() }

    package func run() async throws {
        let wakeUps = Task { [bell, store] in
            for await _ in store.wakeUps(WakeUp.notifications) { bell.ring() }
        }
        await withGracefulShutdownHandler {
            await workUntilDraining()
        } onGracefulShutdown: {
            self.isDraining.withLock { $0 = true }
            self.bell.ring()
        }
        wakeUps.cancel()
    }

    var isStopping: Bool { Task.isCancelled || isDraining.withLock { $0 } }

    private func workUntilDraining() async {
        var sizes = BatchSizes()
        var pruner = SeenPruner(store: store, logger: logger)
        while !isStopping {
            let claimed = await workOnce(&sizes)
            await giveWay()
            let isPruning = await pruner.prune()
            if claimed == 0, !isPruning { await bell.wait(until: store.clock.now() + settings.poll, on: store.clock) }
        }
    }

    /// Rests while Meta's requests wait for the disk.
    func giveWay() async {
        let pause = load.pause()
        if pause > .zero { try? await Task.sleep(for: pause) }
    }

    /// Until both lanes are empty.
    func drain() async {
        var sizes = BatchSizes()
        while await workOnce(&sizes) > 0 {}
    }

    /// Handles one batch; returns how many notifications were taken.
    func workOnce(_ sizes: inout BatchSizes) async -> Int {
        do {
            if hasStrays.withLock({ $0 }) {
                _ = try await store.write { [node] in try $0.notifications.releaseStrays(of: node) }
                hasStrays.withLock { $0 = false }
            }
            for lane in [NotificationLane.account, .messages] {
                let batch = try await store.claimNotifications(
                    lane: lane, limit: sizes.limit(of: lane), node: node, lease: settings.lease)
                guard let claim = batch.first?.claim else { continue }
                sizes.learn(batch, lane)
                await NotificationBatch(worker: self, claim: claim)
                    .process(batch.map { ReadNotification($0, watch: watch) })
                return batch.count
            }
        } catch {
            logger.warning("claiming notifications failed", metadata: ["error": "\(error)"])
            // The database may have taken the claim although its answer was lost.
            hasStrays.withLock { $0 = true }
        }
        return 0
    }
}

/// How many notifications are taken at once: bodies may have 3 MB, so the bytes in memory are what is bounded.
struct BatchSizes {
    private static let bytesMax = 8 << 20
    private var limits: [NotificationLane: Int] = [:]

    private static func limitMax(_ lane: NotificationLane) -> Int {
        switch lane {
        case .account: 25
        case .messages: 50
        }
    }

    func limit(of lane: NotificationLane) -> Int { limits[lane] ?? Self.limitMax(lane) }

    mutating func learn(_ batch: [ClaimedNotification], _ lane: NotificationLane) {
        let average = max(1, batch.reduce(0) { $0 + $1.body.count } / max(1, batch.count))
        limits[lane] = min(Self.limitMax(lane), max(1, Self.bytesMax / average))
    }
}
