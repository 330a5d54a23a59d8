// SPDX-License-Identifier: Apache-2.0
import Domain
import Metrics
package import Store

/// Chains activities into the audit trail. One work item a world: whichever node holds it seals, 100 activities a transaction,
/// what came since the last time.
package struct AuditSealer: WorkHandler {
    package let kind = WorkKind.sealAudit
    package static let key = "activities"
    static let period: Duration = .seconds(30)

    private let store: Store

    package init(store: Store) { self.store = store }

    package func run(_ work: ClaimedWork) async throws {
        // Somebody who seals by hand may be faster: what is left is looked at again.
        while true {
            try Task.checkCancellation()
            let count = try await store.sealActivities { try $0.work.fence(work) }
            if let count { Counter(label: "gangway_audit_sealed_total").increment(by: count) }
            if count == 0 { break }
        }
        try await store.write { try $0.work.reschedule(work, dueAt: $0.now + Self.period) }
    }

    package func giveUp(_ work: ClaimedWork) async throws {
        try await store.write { try $0.work.reschedule(work, dueAt: $0.now + Self.period) }
    }
}
