// SPDX-License-Identifier: Apache-2.0
import Domain
import OnboardingRunner
import Store
import TestSupport
import Testing

/// The answer to a call that changes something at Meta is lost: reading settles it. Source: reliability.md section 5.
@Suite("Lost answers are settled by reading", .timeLimit(.minutes(5)))
struct LostAnswerTests {
    static let losses: [ScriptedGraph.Reply] = [
        .lost, .refused(code: nil, status: 502), .refused(code: 2, status: 503),
    ]

    @Test("The exchange is never repeated: without a proven business a new code is needed", arguments: losses)
    func exchange(loss: ScriptedGraph.Reply) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            world.graph.plan("exchange_code", loss)
            let id = try await world.begin(.init(business: Sample.business))
            let run = try await world.settle(id)
            #expect(run.reason == .codeExchangeUnknown)
            try await world.resume(id)
            #expect(try await world.settle(id).state == .actionRequired)
            #expect(world.graph.count("exchange_code") == 1)
            world.graph.planEmbeddedSignup(credit: false)
            try await world.resume(id, code: "AQsecond")
            #expect(try await world.settle(id).state == .live)
        }
    }

    @Test("Where the business is proven to be this partner's the token is fetched instead", arguments: TestEngine.all)
    func exchangeOfKnownBusiness(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false, except: ["exchange_code"])
            world.graph.plan("exchange_code", .lost)
            world.graph.plan("fetch_business_token", .notSent, .json(#"{"access_token":"EAAfetched"}"#))
            let partner = world.seeded.partner
            #expect(try await world.store.write { try $0.partners.approve(Sample.business, for: partner) })
            let id = try await world.begin(.init(business: Sample.business))
            #expect(try await world.settle(id).state == .live)
        }
    }

    @Test("A fetch that Meta refuses keeps the exchange unknown: a resume fetches again", arguments: TestEngine.all)
    func exchangeUnsettled(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false, except: ["exchange_code"])
            world.graph.plan("exchange_code", .lost)
            world.graph.plan(
                "fetch_business_token", .refused(code: 10, status: 403), .json(#"{"access_token":"EAAfetched"}"#))
            let partner = world.seeded.partner
            #expect(try await world.store.write { try $0.partners.approve(Sample.business, for: partner) })
            let id = try await world.begin(.init(business: Sample.business))
            let stopped = try await world.settle(id)
            #expect(stopped.reason == .permissionMissing && stopped.currentStep?.state == .unknown)
            try await world.resume(id)
            #expect(try await world.settle(id).state == .live)
        }
    }

    @Test("A subscription: read back, repeated only when it is not there", arguments: [true, false])
    func subscription(happened: Bool) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            world.graph.plan("subscribe_app", .lost)
            world.graph.planEmbeddedSignup(credit: false, except: happened ? ["subscribe_app"] : [])
            let apps = happened ? #"{"whatsapp_business_api_data":{"id":"634974688087057"}}"# : ""
            world.graph.plan("list_subscribed_apps", .json(#"{"data":[\#(apps)]}"#))
            let id = try await world.begin()
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("subscribe_app") == (happened ? 1 : 2))
            #expect(try await world.store.read { try $0.wabas.find(Sample.waba) }?.isSubscribed == true)
        }
    }

    @Test("Money: found shared, nothing is sent again", arguments: TestEngine.all)
    func shareHappened(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.plan("share_credit", .lost)
            world.graph.planEmbeddedSignup(except: ["share_credit"])
            world.graph.plan("list_allocations", .json(Sample.allocations))
            let id = try await world.begin()
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("share_credit") == 1)
            #expect(try await world.share()?.allocationID == Sample.allocation)
        }
    }

    @Test("Money: without any funding it did not happen, and is sent once more", arguments: TestEngine.all)
    func shareDidNotHappen(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.plan("share_credit", .lost)
            world.graph.planEmbeddedSignup(except: ["read_waba"])
            world.graph.plan("read_waba", .json(Sample.facts), .json(Sample.unfunded), .json(Sample.funded))
            let id = try await world.begin()
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("share_credit") == 2)
        }
    }

    @Test(
        "Money: a call that may still be under way elsewhere is waited out before it is read", arguments: TestEngine.all
    )
    func shareIsWaitedOut(engine: TestEngine) async throws {
        let settings = OnboardingSettings(creditSettleAfter: .seconds(25))
        try await RunnerWorld.with(engine, settings: settings) { world in
            world.graph.plan("share_credit", .lost)
            world.graph.planEmbeddedSignup(except: ["share_credit"])
            world.graph.plan("list_allocations", .json(Sample.allocations))
            let id = try await world.begin()
            try await world.settle()
            world.clock.advance(by: .seconds(20))
            try await world.settle()
            #expect(world.graph.count("list_allocations") == 0)
            let due = try #require(try await world.store.read { try $0.work.oldestDue() })
            let intended = try #require(try await world.share()?.intendedAt)
            #expect(due == intended + .seconds(25))
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("share_credit") == 1)
        }
    }

    @Test("Money: a funding that is none of ours is for a person, and a resume reads again", arguments: TestEngine.all)
    func shareInDoubt(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.plan("share_credit", .lost)
            world.graph.planEmbeddedSignup(except: ["share_credit"])
            world.graph.plan("list_allocations", .json(#"{"data":[]}"#), .json(Sample.allocations))
            let id = try await world.begin()
            #expect(try await world.settle(id).reason == .creditShareUnconfirmed)
            try await world.resume(id)
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("share_credit") == 1)
        }
    }

    @Test("Money: tries that run out while it is unknown never become a second share", arguments: TestEngine.all)
    func shareUnknownForLong(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, settings: OnboardingSettingsFixture.impatient) { world in
            world.graph.plan("share_credit", .lost)
            world.graph.plan("read_waba", .json(Sample.facts), .notSent, .notSent)
            world.graph.planEmbeddedSignup(except: ["share_credit"])
            world.graph.plan("list_allocations", .json(Sample.allocations))
            let id = try await world.begin()
            let stopped = try await world.settle(id)
            #expect(stopped.reason == .metaUnavailable && stopped.currentStep?.state == .unknown)
            try await world.resume(id)
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("share_credit") == 1)
        }
    }

    @Test("Registration: the status is read; a repeat carries the same PIN", arguments: [true, false])
    func registration(happened: Bool) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            world.graph.plan("register", .lost)
            world.graph.planEmbeddedSignup(credit: false, except: happened ? ["register"] : [])
            world.graph.plan(
                "read_phone_number", .json(Sample.number(Sample.number, "+1 555-078-3881", isConnected: happened)))
            let id = try await world.begin()
            #expect(try await world.settle(id).state == .live)
            let pins = world.graph.calls.filter { $0.operation == "register" }.map(\.secret)
            #expect(pins.count == (happened ? 1 : 2) && Set(pins).count == 1)
            #expect(try await world.pin() == pins[0])
        }
    }

    @Test("An override is read back before it is set again", arguments: [true, false])
    func callback(happened: Bool) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            let app = #"{"whatsapp_business_api_data":{"id":"634974688087057"}"#
            let set = #"{"data":[\#(app),"override_callback_uri":"https://crm.example/hook"}]}"#
            world.graph.plan("subscribe_app", .json(Sample.success), .lost)
            world.graph.plan("list_subscribed_apps", .json(happened ? set : #"{"data":[\#(app)}]}"#))
            if !happened {
                world.graph.plan("subscribe_app", .json(Sample.success))
                world.graph.plan("list_subscribed_apps", .json(set))
            }
            world.graph.planEmbeddedSignup(credit: false, except: ["subscribe_app"])
            let id = try await world.begin(
                .init(options: PlanOptions(overridesCallback: true), callback: "https://crm.example/hook"))
            #expect(try await world.settle(id).state == .live)
        }
    }

    @Test("The system user on the WABA: same effect when repeated")
    func assignment() async throws {
        try await RunnerWorld.with(.sqlite) { world in
            world.graph.plan("assign_user", .lost)
            world.graph.planEmbeddedSignup()
            let id = try await world.begin()
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("assign_user") == 2)
        }
    }

    @Test(
        "A claim that was lost during the call drops the result; who comes next settles it", arguments: TestEngine.all)
    func lostClaim(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            let node = world.node
            world.graph.planEmbeddedSignup(except: ["share_credit"])
            world.graph.plan("list_allocations", .json(Sample.allocations))
            world.graph.plan(
                "share_credit",
                .during(
                    {
                        try await world.store.write { tx in
                            try tx.nodes.remove(node)
                            _ = try tx.nodes.sweep(grace: .seconds(5), crashesMax: 5)
                            try tx.nodes.beat(node, lease: .seconds(30))
                        }
                    }, .json(Sample.shared)))
            let id = try await world.begin()
            let work = try #require(try await world.claim())
            await #expect(throws: LostClaim.self) { try await world.handler.run(work) }
            #expect(try await world.step(.shareCreditLine, of: id).state == .running)
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("share_credit") == 1)
        }
    }

    private static let taken = #"{"access_token": "EAAlate", "token_type": "bearer"}"#

    /// Takes what the world's node holds away from it, as a node would that hears no heartbeat.
    private func bury(_ world: RunnerWorld) async throws {
        let node = world.node
        try await world.store.write { tx in
            try tx.nodes.remove(node)
            _ = try tx.nodes.sweep(grace: .seconds(5), crashesMax: 5)
            try tx.nodes.beat(node, lease: .seconds(30))
        }
    }

    @Test(
        "The answer to an exchange counts however late: nobody else can get it", arguments: TestEngine.all,
        [false, true])
    func lateExchange(engine: TestEngine, isSettled: Bool) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup(except: ["exchange_code"])
            world.graph.plan(
                "exchange_code",
                .during(
                    {
                        try await bury(world)
                        // Another node finds the intent without a result and gives the code up.
                        if isSettled { try await world.settle() }
                    }, .json(Self.taken)))
            let id = try await world.begin()
            let work = try #require(try await world.claim())
            await #expect(throws: LostClaim.self) { try await world.handler.run(work) }
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("exchange_code") == 1)
            #expect(try await world.stops(id) == (isSettled ? 1 : 0))
        }
    }

    @Test("A late answer to an old code does not stand in for a new one", arguments: TestEngine.all, [false, true])
    func lateExchangeOfOldCode(engine: TestEngine, isBuried: Bool) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup(except: ["exchange_code"])
            let id = try await world.begin()
            world.graph.plan(
                "exchange_code",
                .during(
                    {
                        if isBuried { try await bury(world) }
                        try await world.store.write { tx in
                            let before = try #require(try tx.onboardings.find(id))
                            var onboarding = before
                            try tx.secrets.put(SignupCode("AQsecond"), as: .signupCode, of: .onboarding(id))
                            onboarding.rewindToExchange(at: tx.now)
                            try tx.onboardings.save(onboarding, before: before)
                        }
                    }, .json(Self.taken)), .json(#"{"access_token": "EAAsecond", "token_type": "bearer"}"#))
            let work = try #require(try await world.claim())
            try? await world.handler.run(work)
            #expect(try await world.settle(id).state == .live)
            #expect(
                world.graph.calls.filter { $0.operation == "exchange_code" }.map(\.secret) == ["AQcode", "AQsecond"])
        }
    }
}
