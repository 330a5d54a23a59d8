// SPDX-License-Identifier: Apache-2.0
package import Domain
import DurableWork
import OnboardingRunner
package import Store

extension Onboardings {
    /// Accepts an onboarding: the run, its plan and its first work, born claimed by this node, in one transaction. A code is
    /// exchanged at once, as the pool's own task; the request waits for that at most ``patience``.
    ///
    /// `companion` writes what belongs to the run, in the same transaction: all of it or nothing.
    package func begin(
        _ request: Request, by principal: Principal, once: Once<Onboarding>? = nil,
        with companion: (@Sendable (StoreTransaction, Onboarding) throws -> Void)? = nil
    ) async throws -> Outcome<Onboarding> {
        let partner = try await partner(of: principal)
        try validate(request)
        let begun = try await claiming { tx in
            let accepted = try accept(request, partner, principal, once, in: tx)
            if case .fresh(let fresh) = accepted { try companion?(tx, fresh.onboarding) }
            return accepted
        }
        switch begun {
        case .replayed(let answer): return .replayed(answer)
        case .fresh(let accepted):
            guard let work = accepted.work else { return .fresh(accepted.onboarding) }
            let changes = hub.watch(accepted.onboarding.id)
            pool.adopt(work)
            guard accepted.onboarding.plan.beginsWithCode else { return .fresh(accepted.onboarding) }
            return .fresh(await firstStep(of: accepted.onboarding, changes))
        }
    }

    /// Work is born claimed by this node: when the database does not say what became of the transaction, the pool looks.
    func claiming<T: Sendable>(_ body: @escaping @Sendable (StoreTransaction) throws -> T) async throws -> T {
        do {
            return try await store.write(body)
        } catch let error as ServiceError {
            throw error
        } catch {
            pool.suspectStrays()
            throw error
        }
    }

    struct Accepted: Sendable {
        let onboarding: Onboarding
        let work: ClaimedWork?
    }

    /// Starts work that was born claimed by this node, once its transaction has committed.
    func adopt(_ work: ClaimedWork) { pool.adopt(work) }

    func partner(of principal: Principal) async throws -> Partner {
        let id = try principal.requirePartner()
        guard let partner = try await store.read({ try $0.partners.find(id) }) else { throw ServiceError.unauthorized }
        guard partner.isWhatsAppEnabled else { throw ServiceError.whatsAppDisabled }
        return partner
    }

    func validate(_ request: Request) throws(ServiceError) {
        if let callback = request.callback, let fault = judgeCallback(callback.uri) {
            throw .invalid(field: "options.callback.uri", message: fault)
        }
        switch request.plan {
        case .embeddedSignup, .businessApp:
            if request.code == nil, request.token == nil { throw .missing(field: "code") }
        case .hosted: if request.businessID == nil { throw .missing(field: "business_id") }
        case .activation: throw .invalid(field: "flow", message: "begins with an activation request")
        case .techPartner:
            if request.wabaID == nil { throw .missing(field: "waba_id") }
            if request.solutionID == nil { throw .missing(field: "solution_id") }
            if request.phoneNumber == nil { throw .missing(field: "phone_number") }
        case .numberMigration:
            if request.wabaID == nil { throw .missing(field: "waba_id") }
            if request.migration == nil { throw .missing(field: "migration") }
        case .offboarding:
            throw .invalid(field: "flow", message: "is no way aboard; POST /wabas/{id}/offboard begins it")
        }
    }

    private func accept(
        _ request: Request, _ partner: Partner, _ principal: Principal, _ once: Once<Onboarding>?,
        in tx: StoreTransaction
    ) throws -> Outcome<Accepted> {
        var work: ClaimedWork?
        let outcome = try Once.perform(once, in: tx) { tx in
            let accepted = try insert(request, partner, principal, in: tx)
            work = accepted.work
            return accepted.onboarding
        }
        switch outcome {
        case .replayed(let answer): return .replayed(answer)
        case .fresh(let onboarding): return .fresh(Accepted(onboarding: onboarding, work: work))
        }
    }

    func insert(
        _ request: Request, _ partner: Partner, _ principal: Principal, in tx: StoreTransaction
    ) throws -> Accepted {
        guard try tx.customers.find(request.customerID, of: partner.id) != nil else {
            throw ServiceError.customerNotFound
        }
        guard let app = try tx.apps.find(partner.appID) else { throw ServiceError.appNotFound }
        let options = Self.options(request)
        let kinds = request.plan.steps(for: app.kind, options: options)
        var onboarding = Onboarding(
            id: OnboardingID(at: tx.now), partnerID: partner.id, customerID: request.customerID, appID: partner.appID,
            plan: request.plan, input: input(request, options), createdAt: tx.now, state: .running,
            steps: kinds.enumerated().map { StepRecord(seq: $0.offset + 1, kind: $0.element) })
        fill(&onboarding, from: request, partner)
        if request.plan == .numberMigration { try moveIn(&onboarding, in: tx) }
        if request.token != nil { skipExchange(of: &onboarding, at: tx.now) }
        try tx.onboardings.insert(onboarding)
        try keepSecrets(request, of: onboarding, in: tx)
        if let waba = onboarding.provenWABAID { try lendToken(of: waba, to: onboarding, in: tx) }
        if let waba = request.wabaID {
            try tx.wabas.claim(waba, by: partner.id, onboarding: onboarding.id, expiresAt: tx.now + .days(14))
        }
        try tx.activities.record(
            partner: partner.id, actor: principal.actor, action: "onboarding.begun", target: onboarding.id.rawValue)
        let work = try tx.work.insertClaimed(
            kind: WorkKind.onboarding, key: onboarding.id.rawValue, node: node, lease: settings.lease)
        return Accepted(onboarding: onboarding, work: work)
    }

    private func input(_ request: Request, _ options: PlanOptions) -> OnboardingInput {
        var input = OnboardingInput(
            options: options, callbackURI: request.callback?.uri, messagingCheck: request.messagingCheck)
        if !request.wabaIDs.isEmpty { input.wabaIDs = request.wabaIDs }
        if request.pin != nil { input.givesPIN = true }
        input.migration = request.migration
        return input
    }

    private func fill(_ onboarding: inout Onboarding, from request: Request, _ partner: Partner) {
        onboarding.claimedWABAID = request.wabaID ?? request.wabaIDs.first
        onboarding.phoneNumberID = request.phoneNumberID
        onboarding.phoneNumber = request.phoneNumber
        onboarding.businessID = request.businessID
        onboarding.solutionID = request.solutionID
        onboarding.region = request.region
        onboarding.currency = request.currency ?? partner.defaultCurrency
    }

    /// A number moves to a WABA that is this partner's already.
    private func moveIn(_ onboarding: inout Onboarding, in tx: StoreTransaction) throws {
        let waba = try Self.home(
            onboarding.claimedWABAID, of: onboarding.partnerID, customer: onboarding.customerID, in: tx)
        onboarding.provenWABAID = waba.id
        onboarding.evidence = waba.evidence
        onboarding.businessID = waba.businessID
        onboarding.phoneNumber = onboarding.input.migration?.e164
    }

    static func home(
        _ id: WABAID?, of partner: PartnerID, customer: CustomerID, in tx: StoreTransaction
    ) throws -> WABA {
        guard let id, let waba = try tx.wabas.find(id), waba.partnerID == partner, waba.customerID == customer,
            waba.state != .offboarded, waba.state != .deleted
        else { throw ServiceError.wabaNotFound }
        if let open = try tx.onboardings.openRun(of: id, except: nil) { throw ServiceError.anotherRunOpen(open) }
        return waba
    }

    private func lendToken(of waba: WABAID, to onboarding: Onboarding, in tx: StoreTransaction) throws {
        guard let token: BusinessToken = try tx.secrets.get(.businessToken, of: .waba(waba)) else { return }
        try tx.secrets.put(token, as: .businessToken, of: .onboarding(onboarding.id))
    }

    private func skipExchange(of onboarding: inout Onboarding, at now: Timestamp) {
        for index in onboarding.steps.indices where onboarding.steps[index].kind == .exchangeCode {
            onboarding.steps[index].state = .skipped
            onboarding.steps[index].finishedAt = now
            onboarding.steps[index].facts = ["note": "a token was brought"]
        }
    }

    private func keepSecrets(_ request: Request, of onboarding: Onboarding, in tx: StoreTransaction) throws {
        let owner = SecretTable.Owner.onboarding(onboarding.id)
        if let code = request.code { try tx.secrets.put(code, as: .signupCode, of: owner) }
        if let token = request.token { try tx.secrets.put(token, as: .businessToken, of: owner) }
        if let pin = request.pin { try tx.secrets.put(pin, as: .pin, of: owner) }
        if let callback = request.callback {
            try tx.secrets.put(callback.verifyToken, as: .callbackVerifyToken, of: owner)
        }
    }

    // MARK: Waiting

    /// The run once its first step has ended or it has stopped; the run as begun when that takes too long.
    private func firstStep(of onboarding: Onboarding, _ changes: AsyncStream<Onboarding>) async -> Onboarding {
        await withTaskGroup(of: Onboarding?.self) { group in
            group.addTask {
                for await current in changes
                where current.steps.first?.state.isFinished == true || current.state != .running {
                    return current
                }
                return nil
            }
            group.addTask { [patience] in
                try? await Task.sleep(for: patience)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next().flatMap { $0 } ?? onboarding
        }
    }
}
