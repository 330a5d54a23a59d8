// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// The hash chain over everything that anybody did: the operator's to check.
package struct AuditTrail: Sendable {
    private let store: Store

    package init(store: Store) { self.store = store }

    package func state(for principal: Principal) async throws -> AuditTrailState {
        try principal.requireOperator()
        return try await store.read { try $0.audit.state() }
    }

    /// Chains what the sealing job has not come to yet: whoever wants to note the head down need not wait for it.
    package func seal(by principal: Principal) async throws -> AuditTrailState {
        try principal.requireOperator()
        var count = try await store.sealActivities()
        while count != 0 {
            try Task.checkCancellation()
            count = try await store.sealActivities()
        }
        return try await state(for: principal)
    }

    /// Checks up to `limit` entries after a position that a former check found right; 0 begins at the beginning. `witness` is a
    /// head that the caller noted down: the trail must still lead through it.
    package func check(
        after: Int64 = 0, limit: Int = 1_000, witness: AuditLink? = nil, for principal: Principal
    ) async throws -> AuditReport {
        try principal.requireOperator()
        return try await store.read { try $0.audit.check(after: after, limit: limit, witness: witness) }
    }
}
