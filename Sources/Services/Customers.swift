// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// A partner's business customers.
package struct Customers: Sendable {
    package struct Draft: Sendable, Hashable {
        package var name: String
        package var email: String?
        package var phone: String?
        package var externalID: String?

        package init(name: String, email: String? = nil, phone: String? = nil, externalID: String? = nil) {
            self.name = name
            self.email = email
            self.phone = phone
            self.externalID = externalID
        }
    }

    private let store: Store

    package init(store: Store) { self.store = store }

    /// Shapes are the doors' business (they differ); uniqueness per partner is ours.
    package func create(
        _ draft: Draft, by principal: Principal, once: Once<Customer>? = nil
    ) async throws -> Outcome<Customer> {
        let partner = try principal.requirePartner()
        return try await store.write { tx in
            try Once.perform(once, in: tx) { tx in
                let customer = Customer(
                    id: CustomerID(at: tx.now), partnerID: partner, name: draft.name, email: draft.email,
                    phone: draft.phone, externalID: draft.externalID, createdAt: tx.now)
                switch try tx.customers.insert(customer) {
                case nil: break
                case .email: throw ServiceError.emailTaken
                case .phone: throw ServiceError.phoneTaken
                case .externalID: throw ServiceError.externalIDTaken
                }
                try tx.activities.record(
                    partner: partner, actor: principal.actor, action: "customer.created", target: customer.id.rawValue)
                return customer
            }
        }
    }

    package func find(_ id: CustomerID, for principal: Principal) async throws -> Customer {
        let customer = try await store.read { tx in
            guard let partner = principal.partnerID else { return try tx.customers.find(id) }
            return try tx.customers.find(id, of: partner)
        }
        guard let customer else { throw ServiceError.customerNotFound }
        return customer
    }

    package func list(
        externalID: String? = nil, _ request: PageRequest, for principal: Principal
    ) async throws -> Page<Customer> {
        try await store.read { try $0.customers.page(of: principal.partnerID, externalID: externalID, request) }
    }
}
