// SPDX-License-Identifier: Apache-2.0
import Domain
import Metrics
import Store
import Synchronization

/// Numbers that are read from the database when `/metrics` is asked for. Names: reliability.md section 10.
final class WorldGauges: Sendable {
    private let store: Store
    /// Counting walks over every run that ever was: at most once a minute, however often one scrapes.
    private let onboardings = Mutex<(counts: [OnboardingState: Int], at: ContinuousClock.Instant)?>(nil)

    init(store: Store) { self.store = store }

    func refresh() async {
        let kept = onboardings.withLock { $0.flatMap { $0.at.duration(to: .now) < .seconds(60) ? $0.counts : nil } }
        let counts = try? await store.read { tx in
            (
                work: try tx.work.counts(), oldest: try tx.work.oldestDue(), deliveries: try tx.deliveries.counts(),
                notifications: try tx.notifications.counts(), onboardings: try kept ?? tx.onboardings.counts()
            )
        }
        guard let counts else { return }
        if kept == nil { onboardings.withLock { $0 = (counts.onboardings, .now) } }
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

    private func gauge(_ label: String, _ dimensions: [(String, String)], _ value: Double) {
        Gauge(label: label, dimensions: dimensions).record(value)
    }
}
