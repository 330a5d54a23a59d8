// SPDX-License-Identifier: Apache-2.0
package import Domain
import DurableWork
package import Store

/// Tenants: the operator's business.
package struct Partners: Sendable {
    private let store: Store

    package init(store: Store) { self.store = store }

    package func create(
        name: String, app: AppID, isWhatsAppEnabled: Bool, defaultCurrency: Currency?, by principal: Principal
    ) async throws -> Partner {
        try await create(
            name: name, app: app, isWhatsAppEnabled: isWhatsAppEnabled, defaultCurrency: defaultCurrency, by: principal,
            once: Once<Partner>?.none
        ).fresh()
    }

    /// The same, answered once per idempotency key.
    package func create(
        name: String, app: AppID, isWhatsAppEnabled: Bool, defaultCurrency: Currency?, by principal: Principal,
        once: Once<Partner>?
    ) async throws -> Outcome<Partner> {
        try principal.requireOperator()
        guard !name.isEmpty, name.count <= 200 else {
            throw ServiceError.invalid(field: "name", message: "must have 1 to 200 characters")
        }
        return try await store.write { tx in
            try Once.perform(once, in: tx) { tx in
                guard try tx.apps.find(app) != nil else { throw ServiceError.appNotFound }
                let partner = Partner(
                    id: PartnerID(at: tx.now), name: name, appID: app, isWhatsAppEnabled: isWhatsAppEnabled,
                    defaultCurrency: defaultCurrency, createdAt: tx.now)
                try tx.partners.insert(partner)
                try tx.activities.record(
                    partner: partner.id, actor: principal.actor, action: "partner.created", target: partner.id.rawValue)
                return partner
            }
        }
    }

    package func find(_ id: PartnerID, for principal: Principal) async throws -> Partner {
        let partner = try await store.read { try $0.partners.find(id) }
        guard let partner, principal.isOperator || principal.partnerID == id else { throw ServiceError.partnerNotFound }
        return partner
    }

    package func list(_ request: PageRequest, for principal: Principal) async throws -> Page<Partner> {
        try principal.requireOperator()
        return try await store.read { try $0.partners.page(request) }
    }

    package func setWhatsApp(isEnabled: Bool, for id: PartnerID, by principal: Principal) async throws {
        try principal.requireOperator()
        try await store.write { tx in
            guard try tx.partners.setWhatsApp(isEnabled: isEnabled, for: id) else { throw ServiceError.partnerNotFound }
            try tx.activities.record(
                partner: id, actor: principal.actor, action: isEnabled ? "partner.enabled" : "partner.disabled",
                target: id.rawValue)
        }
    }

    package func addSolution(_ solution: SolutionID, to id: PartnerID, by principal: Principal) async throws {
        try principal.requireOperator()
        try await store.write { tx in
            guard try tx.partners.find(id) != nil else { throw ServiceError.partnerNotFound }
            guard try tx.partners.addSolution(solution, to: id) else { throw ServiceError.solutionOfAnotherPartner }
            try tx.activities.record(
                partner: id, actor: principal.actor, action: "partner.solution_added", target: id.rawValue,
                detail: solution.rawValue)
        }
    }

    package func solutions(of id: PartnerID) async throws -> [SolutionID] {
        try await store.read { try $0.partners.solutions(of: id) }
    }

    /// The operator's word that this business portfolio is the partner's customer; runs that stopped for want of it go on.
    package func approve(_ business: BusinessID, for id: PartnerID, by principal: Principal) async throws {
        try principal.requireOperator()
        try await store.write { tx in
            guard try tx.partners.find(id) != nil else { throw ServiceError.partnerNotFound }
            guard try tx.partners.approve(business, for: id) else { throw ServiceError.businessOfAnotherPartner }
            try tx.activities.record(
                partner: id, actor: principal.actor, action: "partner.business_approved", target: id.rawValue,
                detail: business.rawValue)
            for run in try tx.onboardings.openRuns(waba: nil, business: business) where run.partnerID == id {
                try goOn(run, in: tx)
            }
        }
    }

    private func goOn(_ run: Onboarding, in tx: StoreTransaction) throws {
        var resumed = run
        if run.reason == .businessNotApproved, resumed.resume(at: tx.now) {
            try tx.onboardings.save(resumed, before: run)
        }
        try tx.work.enqueue(kind: WorkKind.onboarding, key: run.id.rawValue, dueAt: tx.now)
    }
}
