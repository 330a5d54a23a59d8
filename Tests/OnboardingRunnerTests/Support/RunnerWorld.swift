// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import GraphClient
import Logging
import OnboardingRunner
import Store
import TestSupport
import Testing

/// A store, a partner, the runner and a scripted Meta: work is claimed and run by hand, time stands still.
struct RunnerWorld: Sendable {
    let store: Store
    let clock: TestClock
    let graph: ScriptedGraph
    let seeded: SeededPartner
    let handler: OnboardingHandler
    let directory: AppDirectory
    let node: NodeID

    static func with(
        _ engine: TestEngine, kind: PartnerKind = .solutionPartner, settings: OnboardingSettings = OnboardingSettings(),
        checkpoints: CheckpointObserver = .none, _ body: (RunnerWorld) async throws -> Void
    ) async throws {
        try await withTestStore(engine) { test in
            let seeded = try await test.store.seedPartner(kind: kind)
            try await test.store.write { tx in
                try tx.secrets.put(AppSecret("app-secret"), as: .appSecret, of: .app(seeded.app))
                try tx.secrets.put(SystemToken("EAAsystem"), as: .systemToken, of: .app(seeded.app))
            }
            let graph = ScriptedGraph()
            let directory = AppDirectory(store: test.store) { _, _ in graph }
            let handler = OnboardingHandler(
                store: test.store, apps: directory, settings: settings, hub: ProgressHub(), checkpoints: checkpoints,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let node = NodeID(at: test.clock.now())
            try await test.store.write { try $0.nodes.beat(node, lease: .seconds(30)) }
            try await body(
                RunnerWorld(
                    store: test.store, clock: test.clock, graph: graph, seeded: seeded, handler: handler,
                    directory: directory, node: node))
            #expect(graph.leftOver == [], "planned and never called")
        }
    }

    /// What a request brings besides the plan.
    struct Request: Sendable {
        var plan = PlanKind.embeddedSignup
        var options = PlanOptions()
        var code: String? = "AQcode"
        var pin: String?
        var waba: WABAID?
        /// As the signup's window named them.
        var wabas: [WABAID] = []
        var business: BusinessID?
        var phoneNumber: String?
        var phoneNumberID: PhoneNumberID?
        var solution: SolutionID?
        var currency: Currency? = .usd
        var callback: String?
        var messagingCheck: MessagingCheck?
        var migration: NumberMigration?
    }

    private static func input(_ request: Request) -> OnboardingInput {
        var input = OnboardingInput(
            options: request.options, callbackURI: request.callback, messagingCheck: request.messagingCheck)
        if !request.wabas.isEmpty { input.wabaIDs = request.wabas }
        if request.pin != nil { input.givesPIN = true }
        input.migration = request.migration
        return input
    }

    func begin(_ request: Request = Request(), for owner: SeededPartner? = nil) async throws -> OnboardingID {
        let seeded = owner ?? seeded
        return try await store.write { tx in
            let app = try #require(try tx.apps.find(seeded.app))
            let kinds = request.plan.steps(for: app.kind, options: request.options)
            var onboarding = Onboarding(
                id: OnboardingID(at: tx.now), partnerID: seeded.partner, customerID: seeded.customer, appID: seeded.app,
                plan: request.plan,
                input: Self.input(request), createdAt: tx.now, state: .running,
                steps: kinds.enumerated().map { StepRecord(seq: $0.offset + 1, kind: $0.element) })
            onboarding.claimedWABAID = request.waba
            onboarding.businessID = request.business
            onboarding.phoneNumber = request.phoneNumber
            onboarding.phoneNumberID = request.phoneNumberID
            onboarding.solutionID = request.solution
            onboarding.currency = request.currency
            try tx.onboardings.insert(onboarding)
            let owner = SecretTable.Owner.onboarding(onboarding.id)
            if let code = request.code { try tx.secrets.put(SignupCode(code), as: .signupCode, of: owner) }
            if let pin = request.pin { try tx.secrets.put(RegistrationPIN(pin), as: .pin, of: owner) }
            if request.callback != nil { try tx.secrets.put(OtherSecret("v"), as: .callbackVerifyToken, of: owner) }
            try tx.work.enqueue(kind: WorkKind.onboarding, key: onboarding.id.rawValue, dueAt: tx.now)
            return onboarding.id
        }
    }

    func claim() async throws -> ClaimedWork? {
        try await store.claimWork(kinds: [WorkKind.onboarding], limit: 1, node: node, lease: .seconds(30)).first
    }

    /// Runs what is due now, until nothing is.
    func settle() async throws {
        while let work = try await claim() { try await handler.run(work) }
    }

    /// Runs on, moving time to whatever is due next, until the run rests or `turns` are over.
    @discardableResult
    func settle(_ id: OnboardingID, turns: Int = 60) async throws -> Onboarding {
        for _ in 0..<turns {
            try await settle()
            guard let due = try await store.read({ try $0.work.oldestDue() }) else { break }
            clock.advance(by: max(due - clock.now(), .zero))
        }
        return try await find(id)
    }

    func find(_ id: OnboardingID) async throws -> Onboarding {
        try #require(try await store.read { try $0.onboardings.find(id) })
    }

    func steps(_ id: OnboardingID) async throws -> [String] {
        try await find(id).steps.map { "\($0.kind.rawValue) \($0.state.rawValue)" }
    }

    func step(_ kind: StepKind, of id: OnboardingID) async throws -> StepRecord {
        try #require(try await find(id).steps.first { $0.kind == kind })
    }

    /// As `POST /onboardings/{id}/resume` does.
    @discardableResult
    func resume(
        _ id: OnboardingID, pin: String? = nil, code: String? = nil,
        _ change: @escaping @Sendable (inout Onboarding) -> Void = { _ in }
    ) async throws -> Bool {
        try await store.write { tx in
            guard let before = try tx.onboardings.find(id) else { return false }
            var onboarding = before
            change(&onboarding)
            if let pin { try tx.secrets.put(RegistrationPIN(pin), as: .pin, of: .onboarding(id)) }
            if let code {
                try tx.secrets.put(SignupCode(code), as: .signupCode, of: .onboarding(id))
                onboarding.rewindToExchange(at: tx.now)
            }
            guard onboarding.resume(at: tx.now) else { return false }
            try tx.onboardings.save(onboarding, before: before)
            try tx.work.enqueue(kind: WorkKind.onboarding, key: id.rawValue, dueAt: tx.now)
            return true
        }
    }

    func cancel(_ id: OnboardingID) async throws {
        try await store.write { tx in
            let before = try #require(try tx.onboardings.find(id))
            var onboarding = before
            let isCancelled = onboarding.cancel(at: tx.now)
            #expect(isCancelled)
            try tx.onboardings.save(onboarding, before: before)
            try tx.work.wake(kind: WorkKind.onboarding, key: id.rawValue)
        }
    }

    /// The types of the run's events, oldest first.
    func events(_ id: OnboardingID) async throws -> [String] {
        let page = try await store.read { try $0.events.page(.init(onboarding: id), PageRequest(limit: 200)) }
        return page.items.reversed().map { String($0.type.dropFirst("whatsapp.".count)) }
    }

    func stops(_ id: OnboardingID) async throws -> Int {
        try await events(id).count { $0 == "onboarding.action_required" || $0 == "signup.abandoned" }
    }

    func share(of waba: WABAID = Sample.waba) async throws -> CreditShareTable.Share? {
        try await store.read { try $0.creditShares.find(waba) }
    }

    func pin(of id: OnboardingID) async throws -> String? {
        try await store.read { tx -> RegistrationPIN? in try tx.secrets.get(.pin, of: .onboarding(id)) }?.secret
    }

    func pin(of number: PhoneNumberID = Sample.number) async throws -> String? {
        try await store.read { tx -> RegistrationPIN? in try tx.secrets.get(.pin, of: .phoneNumber(number)) }?.secret
    }

    func code(of id: OnboardingID) async throws -> String? {
        try await store.read { tx -> SignupCode? in try tx.secrets.get(.signupCode, of: .onboarding(id)) }?.secret
    }
}
