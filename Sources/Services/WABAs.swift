// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// WABAs that a partner owns here, on proof.
package struct WABAs: Sendable {
    private let store: Store

    package init(store: Store) { self.store = store }

    package func find(_ id: WABAID, for principal: Principal) async throws -> WABA {
        let waba = try await store.read { try $0.wabas.find(id) }
        guard let waba, principal.isOperator || waba.partnerID == principal.partnerID else {
            throw ServiceError.wabaNotFound
        }
        return waba
    }

    package func list(
        customer: CustomerID? = nil, _ request: PageRequest, for principal: Principal
    ) async throws -> Page<WABA> {
        try await store.read { try $0.wabas.page(of: principal.partnerID, customer: customer, request) }
    }

    /// Whether some partner of this world owns the id: lets a door tell "another's" from "nobody's" where its contract does.
    package func isKnown(_ id: WABAID) async throws -> Bool {
        try await store.read { try $0.wabas.find(id) != nil }
    }
}
