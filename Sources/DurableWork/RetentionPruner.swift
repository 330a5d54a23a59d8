// SPDX-License-Identifier: Apache-2.0
import Domain
package import Store

/// How long records are kept; nil for ever.
package struct Retention: Sendable, Hashable {
    /// Events with their deliveries and attempts, but for what is still to be delivered.
    package var events: Duration?
    package var activities: Duration?
    /// Certificates of activation requests, from the decision on. What they were (type, size, digest) stays with the request.
    package var certificates: Duration?

    package init(events: Duration? = .days(90), activities: Duration? = nil, certificates: Duration? = nil) {
        self.events = events
        self.activities = activities
        self.certificates = certificates
    }
}

/// Deletes records whose time is over, a few a transaction. One work item a world, looked at every hour.
package struct RetentionPruner: WorkHandler {
    package let kind = WorkKind.prune
    package static let key = "records"
    static let period: Duration = .hours(1)
    /// With up to ten attempts each, about 100 rows a transaction.
    private static let eventsBatch = 20
    private static let activitiesBatch = 100

    private let store: Store
    private let retention: Retention

    package init(store: Store, retention: Retention) {
        self.store = store
        self.retention = retention
    }

    package func run(_ work: ClaimedWork) async throws {
        try await pruneEvents(work)
        try await pruneActivities(work)
        try await pruneCertificates(work)
        try await store.write { try $0.work.reschedule(work, dueAt: $0.now + Self.period) }
    }

    package func giveUp(_ work: ClaimedWork) async throws {
        try await store.write { try $0.work.reschedule(work, dueAt: $0.now + Self.period) }
    }

    private func pruneEvents(_ work: ClaimedWork) async throws {
        guard let kept = retention.events else { return }
        var last: EventID?
        repeat {
            try Task.checkCancellation()
            let after = last
            last = try await store.write { tx in
                try tx.work.fence(work)
                return try tx.events.prune(before: tx.now - kept, after: after, limit: Self.eventsBatch)
            }
        } while last != nil
    }

    /// Up to 40 pieces each: one a transaction.
    private func pruneCertificates(_ work: ClaimedWork) async throws {
        guard let kept = retention.certificates else { return }
        var isDone = false
        repeat {
            try Task.checkCancellation()
            isDone = try await store.write { tx in
                try tx.work.fence(work)
                guard let old = try tx.certificates.outdated(decidedBefore: tx.now - kept) else { return true }
                try tx.certificates.remove(old.name)
                try tx.activities.record(
                    partner: nil, actor: "system", action: "activation.certificate_pruned",
                    target: old.activation.rawValue)
                return false
            }
        } while !isDone
    }

    private func pruneActivities(_ work: ClaimedWork) async throws {
        guard let kept = retention.activities else { return }
        var deleted = 0
        repeat {
            try Task.checkCancellation()
            deleted = try await store.write { tx in
                try tx.work.fence(work)
                return try tx.audit.prune(before: tx.now - kept, limit: Self.activitiesBatch)
            }
        } while deleted == Self.activitiesBatch
    }
}
