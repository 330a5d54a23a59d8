// SPDX-License-Identifier: Apache-2.0
import Domain
import SQLEngine
import Store
import TestSupport
import Testing

@Suite("Plans run to the end", .timeLimit(.minutes(5)))
struct PlanRunTests {
    @Test("A solution partner's code becomes a live number", arguments: TestEngine.all)
    func solutionPartner(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup()
            let id = try await world.begin()
            try await world.settle()
            let run = try await world.find(id)
            #expect(run.state == .live)
            #expect(
                run.wabaID == Sample.waba && run.phoneNumberID == Sample.number && run.businessID == Sample.business)
            #expect(run.phoneNumber == "+15550783881" && run.evidence == .businessToken)
            #expect(
                world.graph.operations == [
                    "exchange_code", "debug_token", "read_waba", "list_phone_numbers", "subscribe_app", "assign_user",
                    "share_credit", "read_allocation", "read_waba", "register",
                ])
            let waba = try #require(try await world.store.read { try $0.wabas.find(Sample.waba) })
            #expect(waba.state == .live && waba.isSubscribed && waba.partnerID == world.seeded.partner)
            #expect(try await world.share()?.state == .verified)
            let completed = Array(repeating: "onboarding.step_completed", count: 9)
            #expect(try await world.events(id).sorted() == completed + ["waba_onboarded"])
            #expect(try await world.store.read { try $0.work.counts() }.isEmpty)
        }
    }

    @Test(
        "What was kept: the token on the WABA with its end, the PIN on the number, the code nowhere",
        arguments: TestEngine.all)
    func secrets(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup()
            let id = try await world.begin()
            try await world.settle()
            let (token, expiry) = try await world.store.read { tx -> (BusinessToken?, Int64?) in
                let row = try tx.sql.query("SELECT token_expires_at FROM waba", []).first
                return (
                    try tx.secrets.get(.businessToken, of: .waba(Sample.waba)),
                    try row?.optionalInteger("token_expires_at")
                )
            }
            #expect(token?.secret == "EAAcustomer")
            #expect(expiry == (world.clock.now() + .days(60)).milliseconds)
            #expect(try await world.code(of: id) == nil)
            let registered = world.graph.calls.first { $0.operation == "register" }?.secret
            #expect(try await world.pin() == registered)
            #expect(try await world.pin(of: id) == nil)
        }
    }

    @Test(
        "A tech provider shares no credit line, and its customer is told to add a payment method",
        arguments: TestEngine.all)
    func techProvider(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false, except: ["read_waba"])
            world.graph.stand("read_waba") { call in
                let isAboutFunding = call.query["fields"]?.contains("primary_funding_id") == true
                return .json(isAboutFunding ? Sample.unfunded : Sample.facts)
            }
            let id = try await world.begin()
            try await world.settle()
            let run = try await world.find(id)
            #expect(run.state == .live && run.openActions.map(\.actor) == [.customer])
            let events = try await world.store.read { try $0.events.page(.init(onboarding: id), PageRequest()) }.items
            let onboarded = try #require(events.first { $0.type == "whatsapp.waba_onboarded" })
            #expect(
                onboarded.dataJSON.contains(#""actor":"customer""#) && onboarded.dataJSON.contains("payment method"))
        }
    }

    @Test(
        "A tech provider's customer who can pay has nothing left to do; a read that fails says so",
        arguments: [true, false])
    func payment(isKnown: Bool) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false, except: ["read_waba"])
            world.graph.stand("read_waba") { call in
                guard call.query["fields"]?.contains("primary_funding_id") == true else { return .json(Sample.facts) }
                return isKnown ? .json(Sample.funded) : .refused(code: 2, status: 503)
            }
            let id = try await world.begin()
            try await world.settle()
            let run = try await world.find(id)
            #expect(run.state == .live && run.openActions.isEmpty == isKnown)
        }
    }

    @Test(
        "Callback and template analytics are set when asked for, the override after the subscription",
        arguments: TestEngine.all)
    func options(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false)
            world.graph.plan("subscribe_app", .json(Sample.success))
            world.graph.plan("update_waba", .json(#"{"id":"\#(Sample.waba)"}"#))
            world.graph.plan(
                "list_subscribed_apps",
                .json(
                    """
                    {"data":[{"whatsapp_business_api_data":{"id":"634974688087057"},\
                    "override_callback_uri":"https://crm.example/hook"}]}
                    """))
            let id = try await world.begin(
                .init(
                    options: PlanOptions(overridesCallback: true, enablesTemplateAnalytics: true),
                    callback: "https://crm.example/hook"))
            try await world.settle()
            #expect(try await world.find(id).state == .live)
            #expect(
                world.graph.operations.suffix(6) == [
                    "subscribe_app", "subscribe_app", "list_subscribed_apps", "register", "update_waba", "read_waba",
                ])
        }
    }

    @Test("A hosted signup waits for the share, then fetches the token without a code", arguments: TestEngine.all)
    func hosted(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup(except: ["exchange_code"])
            world.graph.plan("list_client_wabas", .json(#"{"data":[]}"#), .json(#"{"data":[\#(Sample.facts)]}"#))
            world.graph.plan("fetch_business_token", .json(#"{"access_token":"EAAhosted"}"#))
            let partner = world.seeded.partner
            #expect(try await world.store.write { try $0.partners.approve(Sample.business, for: partner) })
            let id = try await world.begin(.init(plan: .hosted, code: nil, business: Sample.business))
            try await world.settle()
            #expect(try await world.find(id).state == .waiting)
            try await world.store.write { try $0.work.wake(kind: "onboarding", key: id.rawValue) }
            try await world.settle()
            let run = try await world.find(id)
            #expect(run.state == .live && run.evidence == .approvedBusiness)
        }
    }

    @Test("A business that nobody approved for this partner proves nothing", arguments: TestEngine.all)
    func unapproved(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            let other = try await world.store.seedPartner("Other")
            #expect(try await world.store.write { try $0.partners.approve(Sample.business, for: other.partner) })
            let id = try await world.begin(.init(plan: .hosted, code: nil, business: Sample.business))
            try await world.settle()
            #expect(try await world.find(id).reason == .businessNotApproved)
            #expect(world.graph.calls.isEmpty)
        }
    }

    static let tpSignup = RunnerWorld.Request(
        plan: .techPartner, code: nil, waba: Sample.waba, phoneNumber: "+15550783881", solution: Sample.solution)

    @Test(
        "A tp-signup: 100/33 means wait, PARTNER_ADDED wakes it, the enrolled number must match",
        arguments: TestEngine.all)
    func techPartner(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup(except: ["exchange_code"])
            world.graph.plan("read_solution", .json(Sample.solutionActive))
            world.graph.plan("read_waba", .refused(code: 100, subcode: 33))
            world.graph.plan("fetch_business_token", .json(#"{"access_token":"EAAtp"}"#))
            let partner = world.seeded.partner
            #expect(try await world.store.write { try $0.partners.addSolution(Sample.solution, to: partner) })
            let id = try await world.begin(Self.tpSignup)
            try await world.settle()
            #expect(try await world.find(id).state == .waiting)
            try await world.store.write { tx in
                try tx.wabas.recordShare(Sample.waba, business: Sample.business, solution: Sample.solution, at: tx.now)
                try tx.work.wake(kind: "onboarding", key: id.rawValue)
            }
            try await world.settle()
            let run = try await world.find(id)
            #expect(run.state == .live && run.evidence == .solutionAndNumber)
            #expect(world.graph.count("debug_token") == 0)
        }
    }

    @Test("Without a webhook the share is found by asking", arguments: TestEngine.all)
    func techPartnerPolling(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup(except: ["exchange_code"])
            world.graph.plan("read_solution", .json(Sample.solutionActive))
            world.graph.plan(
                "list_waba_solutions", .json(#"{"data":[]}"#), .json(#"{"data":[{"id":"\#(Sample.solution)"}]}"#))
            world.graph.plan("fetch_business_token", .json(#"{"access_token":"EAAtp"}"#))
            let partner = world.seeded.partner
            #expect(try await world.store.write { try $0.partners.addSolution(Sample.solution, to: partner) })
            let id = try await world.begin(Self.tpSignup)
            let run = try await world.settle(id)
            #expect(run.state == .live)
            #expect(world.clock.now() - run.createdAt == .seconds(60))
        }
    }

    @Test("Another number on the WABA is not the enrolled one", arguments: TestEngine.all)
    func techPartnerNumber(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planReads(except: ["debug_token", "read_allocation"])
            world.graph.plan("read_solution", .json(Sample.solutionActive))
            world.graph.plan("list_waba_solutions", .json(#"{"data":[{"id":"\#(Sample.solution)"}]}"#))
            let partner = world.seeded.partner
            #expect(try await world.store.write { try $0.partners.addSolution(Sample.solution, to: partner) })
            var request = Self.tpSignup
            request.phoneNumber = "+917021512345"
            let id = try await world.begin(request)
            try await world.settle()
            #expect(try await world.find(id).reason == .phoneNumberNotOnWABA)
            #expect(try await world.store.read { try $0.wabas.find(Sample.waba) } == nil, "naming proves nothing")
        }
    }

    @Test(
        "Another partner's solution gives nothing: the run waits and is abandoned after 14 days",
        arguments: TestEngine.all)
    func foreignSolution(engine: TestEngine) async throws {
        let settings = OnboardingSettingsFixture.slowPolls
        try await RunnerWorld.with(engine, settings: settings) { world in
            world.graph.stand("read_waba") { _ in .json(Sample.facts) }
            world.graph.plan("read_solution", .json(Sample.solutionActive))
            let other = try await world.store.seedPartner("Other")
            #expect(try await world.store.write { try $0.partners.addSolution(Sample.solution, to: other.partner) })
            let id = try await world.begin(Self.tpSignup)
            let run = try await world.settle(id)
            #expect(run.reason == .signupAbandoned && run.provenWABAID == nil)
            #expect(world.clock.now() - run.createdAt == .days(14))
            #expect(try await world.events(id).last == "signup.abandoned")
            #expect(try await world.store.read { try $0.wabas.find(Sample.waba) } == nil)
        }
    }

    @Test("A solution that is not active, or not there, is refused", arguments: TestEngine.all)
    func unusableSolution(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.plan(
                "read_solution", .json(#"{"id":"987654321012345","status":"DEACTIVATED"}"#),
                .refused(code: 100, subcode: 33))
            let first = try await world.begin(Self.tpSignup)
            try await world.settle()
            #expect(try await world.find(first).reason == .solutionNotUsable)
            let second = try await world.begin(Self.tpSignup)
            try await world.settle()
            #expect(try await world.find(second).reason == .solutionNotUsable)
        }
    }
}
