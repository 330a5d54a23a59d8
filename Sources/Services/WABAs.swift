// SPDX-License-Identifier: Apache-2.0
package import Domain
package import OnboardingRunner
package import Store

/// WABAs that a partner owns here, on proof; for the operator also what Meta lists.
package struct WABAs: Sendable {
    /// One of our records with what else we know of it.
    package struct Detail: Sendable {
        package let waba: WABA
        package let token: Token
        package let credit: Credit?
        /// Where an onboarding sent this WABA's messages, if it did.
        package let callbackURI: String?
        package let numbers: [PhoneNumber]
        package let syncs: [BusinessAppSync]
    }

    package struct Token: Sendable, Hashable {
        package let isKept: Bool
        /// Nil when it does not end.
        package let expiresAt: Timestamp?
    }

    package struct Credit: Sendable, Hashable {
        /// `intended`, `shared` or `verified`.
        package let state: String
        package let creditLineID: CreditLineID
        package let allocationID: AllocationID?
        package let currency: Currency
        package let intendedAt: Timestamp
    }

    /// What a list of records is narrowed by.
    package struct Filter: Sendable, Hashable {
        /// The operator's choice; a partner's key sees its own, whatever stands here.
        package var partner: PartnerID?
        package var customer: CustomerID?
        package var state: WABA.State?
        /// As Meta prints it.
        package var reviewStatus: String?
        package var createdAfter: Timestamp?
        package var createdBefore: Timestamp?
        package var isOldestFirst = false

        package init(customer: CustomerID? = nil) { self.customer = customer }
    }

    let store: Store
    let directory: AppDirectory

    package init(store: Store, directory: AppDirectory) {
        self.store = store
        self.directory = directory
    }

    package func find(_ id: WABAID, for principal: Principal) async throws -> WABA {
        let waba = try await store.read { try $0.wabas.find(id) }
        guard let waba, principal.isOperator || waba.partnerID == principal.partnerID else {
            throw ServiceError.wabaNotFound
        }
        return waba
    }

    /// With token, credit, callback and numbers as they are on record.
    package func detail(_ id: WABAID, for principal: Principal) async throws -> Detail {
        let found = try await store.read { tx -> Detail? in
            guard let waba = try tx.wabas.find(id), principal.isOperator || waba.partnerID == principal.partnerID
            else { return nil }
            let token: BusinessToken? = try tx.secrets.get(.businessToken, of: .waba(id))
            return Detail(
                waba: waba,
                token: Token(isKept: token != nil, expiresAt: try tx.wabas.tokenExpiry(of: id)),
                credit: try tx.creditShares.find(id).map(Credit.init),
                callbackURI: try tx.wabas.expectedCallback(of: waba)?.uri, numbers: try tx.phoneNumbers.ofWABA(id),
                syncs: try tx.businessAppSyncs.of(id))
        }
        guard let found else { throw ServiceError.wabaNotFound }
        return found
    }

    package func list(
        customer: CustomerID? = nil, _ request: PageRequest, for principal: Principal
    ) async throws -> Page<WABA> {
        try await list(Filter(customer: customer), request, for: principal)
    }

    package func list(
        _ filter: Filter, _ request: PageRequest, for principal: Principal
    ) async throws -> Page<WABA> {
        var query = WABATable.Filter(partner: principal.partnerID ?? filter.partner, customer: filter.customer)
        query.state = filter.state
        query.reviewStatus = filter.reviewStatus
        query.createdAfter = filter.createdAfter
        query.createdBefore = filter.createdBefore
        query.isOldestFirst = filter.isOldestFirst
        return try await store.read { [query] tx in try tx.wabas.page(query, request) }
    }

    /// Whether some partner of this world owns the id: lets a door tell "another's" from "nobody's" where its contract does.
    package func isKnown(_ id: WABAID) async throws -> Bool {
        try await store.read { try $0.wabas.find(id) != nil }
    }
}

extension WABAs.Credit {
    init(_ share: CreditShareTable.Share) {
        self.init(
            state: share.state.rawValue, creditLineID: share.creditLineID, allocationID: share.allocationID,
            currency: share.currency, intendedAt: share.intendedAt)
    }
}
