// SPDX-License-Identifier: Apache-2.0
package import Domain
package import DurableWork
import GraphClient
package import OnboardingRunner
package import Store

/// Durable runs: begun, watched, resumed, cancelled.
package struct Onboardings: Sendable {
    package struct Request: Sendable {
        package var customerID: CustomerID
        package var plan: PlanKind
        package var code: SignupCode?
        /// In place of the code: what somebody else exchanged. `embedded_signup` only.
        package var token: BusinessToken?
        package var wabaID: WABAID?
        /// All that the signup brought, where its window told: each gets a run.
        package var wabaIDs: [WABAID] = []
        package var phoneNumberID: PhoneNumberID?
        /// E.164 with `+`.
        package var phoneNumber: String?
        package var businessID: BusinessID?
        package var solutionID: SolutionID?
        package var region: String?
        package var pin: RegistrationPIN?
        package var currency: Currency?
        package var enablesTemplateAnalytics = false
        package var messagingCheck: MessagingCheck?
        /// `number_migration` only.
        package var migration: NumberMigration?
        package var subscribesApp = true
        package var callback: Callback?

        /// Then all of the WABA's are meant.
        var namesNoNumber: Bool { phoneNumberID == nil && phoneNumber == nil && migration == nil }

        package struct Callback: Sendable {
            package let uri: String
            package let verifyToken: OtherSecret

            package init(uri: String, verifyToken: OtherSecret) {
                self.uri = uri
                self.verifyToken = verifyToken
            }
        }

        package init(customerID: CustomerID, plan: PlanKind) {
            self.customerID = customerID
            self.plan = plan
        }
    }

    /// What somebody brings to a stopped run.
    package struct Resumption: Sendable {
        package var pin: RegistrationPIN?
        package var code: SignupCode?
        package var wabaID: WABAID?
        package var phoneNumberID: PhoneNumberID?
        package var currency: Currency?
        /// Goes on without the step that stopped the run, where a WABA can be live without it.
        package var skipsStep = false
        /// What Meta sent to the number.
        package var verificationCode: OtherSecret?
        package var asksForCodeAgain = false

        package init() {}
    }

    /// A run with the tries of its steps.
    package struct Timeline: Sendable {
        package let onboarding: Onboarding
        package let attempts: [StepAttempt]
    }

    let store: Store
    let directory: AppDirectory
    let pool: WorkPool
    let hub: ProgressHub
    let node: NodeID
    let settings: WorkSettings
    /// How long a request waits for the exchange. Source: DESIGN section 3.
    let patience: Duration
    let judgeCallback: @Sendable (String) -> String?

    /// `judgeCallback` says why an address cannot be a callback, or nil.
    package init(
        store: Store, directory: AppDirectory, pool: WorkPool, hub: ProgressHub, node: NodeID, settings: WorkSettings,
        patience: Duration = .seconds(10),
        judgeCallback: @escaping @Sendable (String) -> String? = { url in
            url.lowercased().hasPrefix("https://") ? nil : "must be an https URL"
        }
    ) {
        self.store = store
        self.directory = directory
        self.pool = pool
        self.hub = hub
        self.node = node
        self.settings = settings
        self.patience = patience
        self.judgeCallback = judgeCallback
    }

    package func find(_ id: OnboardingID, for principal: Principal) async throws -> Timeline {
        let found = try await store.read { tx -> Timeline? in
            guard let onboarding = try visible(id, to: principal, in: tx) else { return nil }
            return Timeline(onboarding: onboarding, attempts: try tx.onboardings.attempts(of: id))
        }
        guard let found else { throw ServiceError.onboardingNotFound }
        return found
    }

    package func list(
        customer: CustomerID? = nil, state: OnboardingState? = nil, waba: WABAID? = nil,
        parent: OnboardingID? = nil, _ request: PageRequest,
        for principal: Principal
    ) async throws -> Page<Onboarding> {
        let filter = OnboardingTable.Filter(
            partner: principal.partnerID, customer: customer, state: state, waba: waba, parent: parent)
        return try await store.read { try $0.onboardings.page(filter, request) }
    }

    /// Brings what was missing and runs on. An effect whose outcome is unknown is settled by reading, never repeated.
    package func resume(_ id: OnboardingID, with given: Resumption, by principal: Principal) async throws -> Onboarding
    {
        let resumed = try await store.write { tx -> Onboarding in
            guard let before = try visible(id, to: principal, in: tx) else { throw ServiceError.onboardingNotFound }
            var onboarding = before
            if given.code != nil, onboarding.state != .live { onboarding.rewindToExchange(at: tx.now) }
            if given.skipsStep, !onboarding.skipStoppedStep(at: tx.now) {
                throw ServiceError.invalid(field: "skip", message: "the step that stopped this run cannot be skipped")
            }
            if given.asksForCodeAgain, !onboarding.askForCodeAgain() {
                throw ServiceError.invalid(field: "resend_code", message: "this run waits for no code")
            }
            guard onboarding.resume(at: tx.now) else { throw ServiceError.notResumable(onboarding.state) }
            try bring(given, to: &onboarding, in: tx)
            try tx.onboardings.save(onboarding, before: before)
            try tx.work.enqueue(kind: WorkKind.onboarding, key: id.rawValue, dueAt: tx.now)
            try tx.activities.record(
                partner: onboarding.partnerID, actor: principal.actor, action: "onboarding.resumed", target: id.rawValue
            )
            return onboarding
        }
        pool.wake()
        return resumed
    }

    private func bring(_ given: Resumption, to onboarding: inout Onboarding, in tx: StoreTransaction) throws {
        let owner = SecretTable.Owner.onboarding(onboarding.id)
        if let pin = given.pin { try tx.secrets.put(pin, as: .pin, of: owner) }
        if let code = given.code { try tx.secrets.put(code, as: .signupCode, of: owner) }
        if let code = given.verificationCode { try tx.secrets.put(code, as: .verificationCode, of: owner) }
        if let waba = given.wabaID, onboarding.provenWABAID == nil { onboarding.claimedWABAID = waba }
        if let number = given.phoneNumberID { onboarding.phoneNumberID = number }
        if let currency = given.currency { onboarding.currency = currency }
    }

    package func cancel(_ id: OnboardingID, by principal: Principal) async throws -> Onboarding {
        try await store.write { tx in
            guard let before = try visible(id, to: principal, in: tx) else { throw ServiceError.onboardingNotFound }
            var onboarding = before
            guard onboarding.cancel(at: tx.now) else { throw ServiceError.notCancellable(onboarding.state) }
            try tx.onboardings.save(onboarding, before: before)
            // The work, if any, looks once more, finds the run cancelled and ends.
            try tx.work.wake(kind: WorkKind.onboarding, key: id.rawValue)
            try tx.activities.record(
                partner: onboarding.partnerID, actor: principal.actor, action: "onboarding.cancelled",
                target: id.rawValue)
            try tx.publish(
                EventDraft(
                    type: .onboardingCancelled, partnerID: onboarding.partnerID, customerID: onboarding.customerID,
                    wabaID: onboarding.provenWABAID, phoneNumberID: onboarding.phoneNumberID, onboardingID: id,
                    dedupeKey: "\(id):cancelled"))
            return onboarding
        }
    }

    private func visible(_ id: OnboardingID, to principal: Principal, in tx: StoreTransaction) throws -> Onboarding? {
        guard let partner = principal.partnerID else { return try tx.onboardings.find(id) }
        return try tx.onboardings.find(id, of: partner)
    }
}
