// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

/// Coexistence: nothing is registered; contacts and history are asked for once each, within 24 hours.
/// Source: Meta, onboarding-business-app-users; pitfall P6.
@Suite("The phone app's number comes aboard", .timeLimit(.minutes(5)))
struct BusinessAppTests {
    private static let request = RunnerWorld.Request(plan: .businessApp)

    private static func numbers(isOnBusinessApp: Bool = true, onboardedAt: Timestamp) -> String {
        """
        {"data":[{"id":"\(Sample.number)","display_phone_number":"+1 555-078-3881","verified_name":"Lucky Shrub",\
        "status":"CONNECTED","platform_type":"CLOUD_API","is_on_biz_app":\(isOnBusinessApp),\
        "last_onboarded_time":"\(onboardedAt.description.replacing("Z", with: "+0000"))"}]}
        """
    }

    private static func plan(_ world: RunnerWorld, onboardedAt: Timestamp? = nil) {
        world.graph.planEmbeddedSignup(credit: false, except: ["register", "list_phone_numbers"])
        let numbers = numbers(onboardedAt: onboardedAt ?? world.clock.now())
        world.graph.stand("list_phone_numbers") { _ in .json(numbers) }
    }

    private static func answer(_ request: String) -> ScriptedGraph.Reply {
        .json(#"{"messaging_product":"whatsapp","request_id":"\#(request)"}"#)
    }

    private func syncs(_ world: RunnerWorld) async throws -> [String] {
        try await world.store.read { tx in
            try tx.businessAppSyncs.of(Sample.number).map { "\($0.kind.rawValue) \($0.state.rawValue)" }
        }
    }

    @Test("Contacts, then history, each once, and no registration", arguments: TestEngine.all)
    func whole(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            Self.plan(world)
            world.graph.plan("sync_business_app", Self.answer("r1"), Self.answer("r2"))
            let id = try await world.begin(Self.request)
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.operations.suffix(3) == ["sync_business_app", "sync_business_app", "read_waba"])
            #expect(world.graph.count("register") == 0)
            #expect(try await syncs(world) == ["contacts requested", "history requested"])
            let step = try await world.step(.syncBusinessApp, of: id)
            #expect(step.facts == ["contacts": "r1", "history": "r2"] && step.attempt >= 2)
            let dues = try await world.store.read { try $0.businessAppSyncs.of(Sample.number).map(\.dueAt) }
            let begun = try await world.find(id).createdAt
            #expect(dues.allSatisfy { $0.seconds == (begun + .hours(24)).seconds })
            // Another signup of the same number asks for nothing again.
            Self.plan(world, onboardedAt: begun)
            let again = try await world.begin(.init(plan: .businessApp, code: "AQagain"))
            #expect(try await world.settle(again).state == .live)
            #expect(world.graph.count("sync_business_app") == 2)
        }
    }

    @Test("A lost answer: Meta's refusal of the repeat shows that it was asked for", arguments: TestEngine.all)
    func lost(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            Self.plan(world)
            world.graph.plan(
                "sync_business_app", .lost, .refused(code: 2_593_107), .lost, .refused(code: 100, subcode: 2_593_107))
            let id = try await world.begin(Self.request)
            #expect(try await world.settle(id).state == .live)
            #expect(try await syncs(world) == ["contacts requested", "history requested"])
        }
    }

    @Test("A lost answer whose webhook came is not asked for again")
    func lostButSeen() async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            Self.plan(world)
            let store = world.store
            world.graph.plan(
                "sync_business_app",
                .during(
                    {
                        try await store.write { tx in
                            _ = try tx.businessAppSyncs.note(
                                .receiving, progress: nil, of: .contacts, on: Sample.number)
                        }
                    }, .lost), Self.answer("r2"))
            let id = try await world.begin(Self.request)
            #expect(try await world.settle(id).state == .live)
            #expect(try await syncs(world) == ["contacts receiving", "history requested"])
        }
    }

    @Test("Missed: the run stops with the remedy, asks Meta nothing, and goes on without when told to")
    func missed() async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            Self.plan(world, onboardedAt: world.clock.now() - .hours(24))
            let id = try await world.begin(Self.request)
            let stopped = try await world.settle(id)
            #expect(stopped.state == .actionRequired && stopped.reason == .syncWindowMissed)
            #expect(world.graph.count("sync_business_app") == 0)
            try await world.resume(id)
            #expect(try await world.settle(id).reason == .syncWindowMissed)
            let isSkipped = try await world.resume(id) { run in
                let done = run.skipStoppedStep(at: run.updatedAt)
                #expect(done)
            }
            #expect(isSkipped)
            #expect(try await world.settle(id).state == .live)
            #expect(try await world.step(.syncBusinessApp, of: id).state == .skipped)
        }
    }

    @Test("Meta's own clock decides: its refusal after 24 hours stops the run the same way")
    func refusedAsLate() async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            Self.plan(world)
            world.graph.plan("sync_business_app", .refused(code: 2_593_108))
            let id = try await world.begin(Self.request)
            #expect(try await world.settle(id).reason == .syncWindowMissed)
        }
    }

    @Test("A number that is not in the phone app is told before any money is spent")
    func notOnApp() async throws {
        try await RunnerWorld.with(.sqlite) { world in
            world.graph.planReads(except: ["list_phone_numbers", "read_allocation"])
            world.graph.plan("exchange_code", .json(Sample.token))
            let numbers = Self.numbers(isOnBusinessApp: false, onboardedAt: world.clock.now())
            world.graph.stand("list_phone_numbers") { _ in .json(numbers) }
            let id = try await world.begin(Self.request)
            #expect(try await world.settle(id).reason == .numberNotOnBusinessApp)
            #expect(try await world.share() == nil)
        }
    }
}
