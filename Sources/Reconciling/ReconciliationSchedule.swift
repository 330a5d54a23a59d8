// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
package import Logging
package import Store

/// Begins a reconciliation of every app from time to time, on one node of the world, and forgets old ones.
package struct ReconciliationSchedule: WorkHandler {
    package let kind = WorkKind.reconciliationSchedule

    private static let key = "all"

    let store: Store
    let settings: ReconcilingSettings
    let logger: Logger

    package init(store: Store, settings: ReconcilingSettings, logger: Logger) {
        self.store = store
        self.settings = settings
        self.logger = logger
    }

    /// At a node's start: the first is due a period from now, or when an earlier start said.
    package func ensure() async throws {
        guard let period = settings.period else { return }
        try await store.write { tx in
            try tx.work.enqueue(kind: WorkKind.reconciliationSchedule, key: Self.key, dueAt: tx.now + period)
        }
    }

    package func run(_ work: ClaimedWork) async throws {
        let settings = settings
        try await prune()
        let begun = try await store.write { tx -> [ReconciliationID] in
            try tx.work.fence(work)
            guard let period = settings.period else {
                try tx.work.finish(work)
                return []
            }
            let runs = try tx.apps.all().compactMap { app -> Reconciliation? in
                // Without it there is nothing to ask Meta with.
                guard let _: SystemToken = try tx.secrets.get(.systemToken, of: .app(app.id)) else { return nil }
                return try tx.reconciliations.begin(app: app.id, repairs: settings.periodRepairs, by: "system")
            }
            for run in runs {
                try tx.work.enqueue(kind: WorkKind.reconciliation, key: run.id.rawValue, dueAt: tx.now)
            }
            try tx.work.reschedule(work, dueAt: tx.now + period)
            return runs.map(\.id)
        }
        for id in begun { logger.info("reconciliation begun", metadata: ["reconciliation": "\(id)"]) }
    }

    /// Crashing does not end the schedule.
    package func giveUp(_ work: ClaimedWork) async throws {
        let pause = settings.period ?? .hours(24)
        try await store.write { try $0.work.reschedule(work, dueAt: $0.now + pause) }
    }

    private func prune() async throws {
        let keptFor = settings.keptFor
        while try await store.write({ try $0.reconciliations.prune(endedBefore: $0.now - keptFor) }) > 0 {}
    }
}
