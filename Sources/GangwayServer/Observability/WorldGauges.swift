// SPDX-License-Identifier: Apache-2.0
import Domain
import Metrics
import Store
import Synchronization

/// Numbers that are read from the database when `/metrics` is asked for. Names: reliability.md section 10.
final class WorldGauges: Sendable {
    private let store: Store
    /// Counting walks over every run that ever was: however often one scrapes, it gets no more than a fiftieth of the time.
    private let onboardings = Mutex<(counts: [OnboardingState: Int], until: ContinuousClock.Instant)?>(nil)
    private static let rest = 50

    init(store: Store) { self.store = store }

    func refresh() async {
        let counts = try? await store.read { tx in
            (
                work: try tx.work.counts(), oldest: try tx.work.oldestDue(), deliveries: try tx.deliveries.counts(),
                notifications: try tx.notifications.counts(), onboardings: try self.onboardings(in: tx)
            )
        }
        guard let counts else { return }
        let world = ("world", store.world)
        for state in ["ready", "claimed"] {
            let total = counts.work.filter { $0.state == state }.reduce(0) { $0 + $1.count }
            gauge("gangway_jobs", [world, ("state", state)], Double(total))
        }
        let lag = counts.oldest.map { max(.zero, store.clock.now() - $0) } ?? .zero
        gauge("gangway_job_oldest_due_seconds", [world], Double(lag.milliseconds) / 1000)
        let backlog = counts.deliveries.filter { $0.key == .pending || $0.key == .sending }.values.reduce(0, +)
        gauge("gangway_delivery_backlog", [world], Double(backlog))
        gauge("gangway_dead_letters", [world], Double(counts.notifications["dead"] ?? 0))
        gauge("gangway_ingest_backlog", [world], Double(counts.notifications["ready"] ?? 0))
        for state in OnboardingState.allCases {
            gauge("gangway_onboardings", [world, ("state", state.rawValue)], Double(counts.onboardings[state] ?? 0))
        }
    }

    private func onboardings(in tx: StoreTransaction) throws -> [OnboardingState: Int] {
        if let kept = onboardings.withLock({ $0 }), kept.until > .now { return kept.counts }
        let begun = ContinuousClock.now
        let counts = try tx.onboardings.counts()
        let took = begun.duration(to: .now)
        onboardings.withLock { $0 = (counts, .now + took * Self.rest) }
        return counts
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)], _ value: Double) {
        Gauge(label: label, dimensions: dimensions).record(value)
    }
}
