// SPDX-License-Identifier: Apache-2.0
package import Domain
import OnboardingRunner
import Store

/// What an onboarding would do: nothing of it is written, and nothing at Meta is changed.
package struct OnboardingPreview: Sendable {
    package struct Call: Sendable, Hashable {
        package let operation: String
        package let method: String
        /// Without version and leading slash; names in braces are what the run learns on its way.
        package let path: String
        /// `app`, `system` or `business`.
        package let token: String
        /// Whether it changes something at Meta.
        package let isChange: Bool
    }

    package struct Step: Sendable, Hashable {
        package let kind: StepKind
        package let calls: [Call]
        /// What would stop the run here, as things stand.
        package let missing: [FailureReason]
    }

    package let plan: PlanKind
    package let partnerID: PartnerID
    package let customerID: CustomerID
    package let appID: AppID
    package let currency: Currency?
    /// What the request itself asks Meta before it is accepted.
    package let requestCalls: [Call]
    package let steps: [Step]
    /// What stops no step, but the one who plans should know.
    package let warnings: [PlanWarning]
}

extension Onboardings {
    /// Refuses what ``begin(_:by:once:with:)`` and ``enrol(_:by:)`` would refuse. A `tech_partner`'s solution is read at Meta,
    /// as it would be.
    package func preview(_ request: Request, by principal: Principal) async throws -> OnboardingPreview {
        let partner = try await partner(of: principal)
        if request.plan == .techPartner { try await checkSolution(request, partner) } else { try validate(request) }
        return try await store.read { tx in
            guard try tx.customers.find(request.customerID, of: partner.id) != nil else {
                throw ServiceError.customerNotFound
            }
            guard let app = try tx.apps.find(partner.appID) else { throw ServiceError.appNotFound }
            if request.plan == .numberMigration {
                _ = try Self.home(request.wabaID, of: partner.id, customer: request.customerID, in: tx)
            }
            let currency = request.currency ?? partner.defaultCurrency
            let systemToken: SystemToken? = try tx.secrets.get(.systemToken, of: .app(app.id))
            let approved = try request.businessID.flatMap { try tx.partners.approvedPartner(of: $0) }
            let outlook = Outlook(
                app: app, hasSystemToken: systemToken != nil, currency: currency,
                isBusinessApproved: approved == partner.id)
            let kinds = request.plan.steps(for: app.kind, options: Self.options(request))
            let known = Self.names(request, app)
            func calls(_ kind: StepKind) -> [OnboardingPreview.Call] {
                kind.calls(in: request.plan, sharing: app.creditSharing).map { OnboardingPreview.Call($0, known) }
            }
            var steps: [OnboardingPreview.Step] = []
            for kind in kinds where request.token == nil || kind != .exchangeCode {
                let missing = outlook.missing(at: kind, of: request.plan)
                steps.append(OnboardingPreview.Step(kind: kind, calls: calls(kind), missing: missing))
            }
            return OnboardingPreview(
                plan: request.plan, partnerID: partner.id, customerID: request.customerID, appID: app.id,
                currency: currency, requestCalls: request.plan == .techPartner ? calls(.checkSolution) : [],
                steps: steps, warnings: try Self.warnings(request, partner.id, app, tx))
        }
    }

    private static func warnings(
        _ request: Request, _ partner: PartnerID, _ app: MetaApp, _ tx: StoreTransaction
    ) throws -> [PlanWarning] {
        let named = try request.wabaID.flatMap { try tx.wabas.find($0, of: partner) }
        let known = try request.businessID.map { try tx.wabas.ofBusiness($0) } ?? []
        guard request.plan.mayBringCustomer, named == nil, !known.contains(where: { $0.partnerID == partner }) else {
            return []
        }
        return try [tx.wabas.customerBudget(of: app).warning].compactMap(\.self)
    }

    static func options(_ request: Request) -> PlanOptions {
        PlanOptions(
            overridesCallback: request.callback != nil, enablesTemplateAnalytics: request.enablesTemplateAnalytics,
            verifiesMessaging: request.messagingCheck != nil, registersEveryNumber: request.namesNoNumber,
            subscribesApp: request.subscribesApp)
    }

    private static func names(_ request: Request, _ app: MetaApp) -> [String: String] {
        var names = ["app_business_id": app.businessID.rawValue]
        names["extended_credit_line_id"] = app.creditLineID?.rawValue
        names["waba_id"] = request.wabaID?.rawValue
        names["phone_number_id"] = request.phoneNumberID?.rawValue
        names["business_id"] = request.businessID?.rawValue
        names["solution_id"] = request.solutionID?.rawValue
        return names
    }
}

extension OnboardingPreview.Call {
    /// With what is known of the run put in for its names.
    init(_ call: PlannedCall, _ known: [String: String]) {
        let path = known.reduce(call.path) { $0.replacing("{\($1.key)}", with: $1.value) }
        self.init(
            operation: call.operation, method: call.method, path: path, token: call.token.rawValue,
            isChange: call.isChange)
    }
}

/// What is known before the first call of what the steps will ask for.
private struct Outlook {
    let app: MetaApp
    let hasSystemToken: Bool
    let currency: Currency?
    let isBusinessApproved: Bool

    func missing(at step: StepKind, of plan: PlanKind) -> [FailureReason] {
        var missing: [FailureReason] = []
        if !hasSystemToken, step.calls(in: plan, sharing: app.creditSharing).contains(where: { $0.token == .system }) {
            missing.append(.appCredentialsInvalid)
        }
        if step == .awaitPartnerAdded, plan == .hosted, !isBusinessApproved { missing.append(.businessNotApproved) }
        // It is sent to the number, and only then known.
        if step == .verifyCode { missing.append(.verificationCodeNeeded) }
        if step == .assignSystemUser, app.systemUserID == nil { missing.append(.creditLineNotConfigured) }
        if step == .shareCreditLine {
            if currency == nil { missing.append(.currencyMissing) }
            if app.creditLineID == nil { missing.append(.creditLineNotConfigured) }
        }
        return missing
    }
}
