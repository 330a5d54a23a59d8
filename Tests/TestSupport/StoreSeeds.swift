// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// A partner with one customer: what most store tests begin with.
package struct SeededPartner: Sendable {
    package let app: AppID
    package let partner: PartnerID
    package let customer: CustomerID

    package init(app: AppID, partner: PartnerID, customer: CustomerID) {
        self.app = app
        self.partner = partner
        self.customer = customer
    }
}

extension Store {
    /// The sandbox-like Meta app, a partner that uses it and one customer.
    package func seedPartner(
        _ name: String = "Acme", app: AppID = AppID("634974688087057"), kind: PartnerKind = .solutionPartner
    ) async throws -> SeededPartner {
        try await write { tx in
            let seeded = SeededPartner(app: app, partner: PartnerID(at: tx.now), customer: CustomerID(at: tx.now))
            try tx.apps.upsert(
                MetaApp(
                    id: app, kind: kind, businessID: BusinessID("2729063490586005"),
                    systemUserID: SystemUserID("100081234567890"), creditLineID: CreditLineID("1972385232742146"),
                    configID: nil))
            try tx.partners.insert(
                Partner(
                    id: seeded.partner, name: name, appID: app, isWhatsAppEnabled: true, defaultCurrency: .usd,
                    createdAt: tx.now))
            let conflict = try tx.customers.insert(
                Customer(
                    id: seeded.customer, partnerID: seeded.partner, name: "\(name)'s customer", email: nil, phone: nil,
                    externalID: nil, createdAt: tx.now))
            precondition(conflict == nil, "a seeded customer brings nothing that can be taken")
            return seeded
        }
    }

    /// A WABA owned on proof.
    package func seedWABA(
        _ id: WABAID = WABAID("102290129340398"), of seeded: SeededPartner,
        business: BusinessID? = BusinessID("506914307656634"), state: WABA.State = .live,
        evidence: OwnershipEvidence = .businessToken
    ) async throws {
        try await write { tx in
            let isOwner = try tx.wabas.own(
                WABAFacts(id: id, name: "Lucky Shrub", currency: "USD", businessID: business), by: seeded.partner,
                customer: seeded.customer, app: seeded.app, evidence: evidence)
            precondition(isOwner, "a seeded WABA belongs to nobody else")
            try tx.wabas.setState(state, of: id)
        }
    }

    package func seedPhoneNumber(
        _ id: PhoneNumberID = PhoneNumberID("106540352242922"), printed: String = "+1 555-078-3881",
        on waba: WABAID = WABAID("102290129340398"), of seeded: SeededPartner
    ) async throws {
        try await write { tx in
            try tx.phoneNumbers.upsert(
                PhoneNumberFacts(id: id, displayPhoneNumber: printed, verifiedName: "Lucky Shrub"), waba: waba,
                partner: seeded.partner)
        }
    }

    /// An enabled endpoint of the standard format.
    @discardableResult
    package func seedEndpoint(
        _ url: String = "https://partner.example/hooks", events: [String] = ["*"], of seeded: SeededPartner
    ) async throws -> EndpointID {
        try await write { tx in
            let endpoint = Endpoint(
                id: EndpointID(at: tx.now), partnerID: seeded.partner, customerID: nil, url: url,
                events: EventFilter(stored: events), format: .standard, state: .enabled, disabledReason: nil,
                createdAt: tx.now, updatedAt: tx.now)
            try tx.endpoints.insert(endpoint)
            return endpoint.id
        }
    }
}
