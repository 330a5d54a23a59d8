// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// Who did what.
package struct Activities: Sendable {
    let store: Store

    package init(store: Store) { self.store = store }

    package func list(target: String? = nil, _ request: PageRequest, for principal: Principal) async throws -> Page<
        Activity
    > {
        try await store.read { try $0.activities.page(of: principal.partnerID, target: target, request) }
    }
}
