// SPDX-License-Identifier: Apache-2.0
import Domain
import OnboardingRunner
import Store
import TestSupport
import Testing

@Suite("Tries that fail for a while", .timeLimit(.minutes(5)))
struct RetryTests {
    @Test(
        "What passes by itself is tried again until it succeeds",
        arguments: [
            ScriptedGraph.Reply.notSent, .refused(code: 2, status: 503), .refused(code: 1),
            .refused(code: 131_016, status: 500),
            .refused(code: nil, status: 502), .refused(code: 999_999, status: 500),
        ])
    func transient(reply: ScriptedGraph.Reply) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false)
            world.graph.plan("read_waba", reply, reply)
            let id = try await world.begin()
            let run = try await world.settle(id)
            #expect(run.state == .live)
            #expect(world.graph.count("read_waba") == 4)
            #expect(run.createdAt + .seconds(3) <= world.clock.now(), "2 s and 4 s, each spread by half")
        }
    }

    @Test("Tries that run out ask the operator; a resume goes on", arguments: TestEngine.all)
    func exhausted(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider, settings: OnboardingSettingsFixture.impatient) {
            world in
            world.graph.planEmbeddedSignup(credit: false)
            world.graph.plan("read_waba", .notSent, .notSent, .notSent)
            let id = try await world.begin()
            let stopped = try await world.settle(id)
            #expect(stopped.reason == .metaUnavailable && stopped.remedy?.actor == .operator)
            #expect(try await world.stops(id) == 1)
            try await world.resume(id)
            #expect(try await world.settle(id).state == .live)
        }
    }

    @Test(
        "A limit of Meta's is waited out for the time Meta names, and counts as no failure",
        arguments: [
            ("read_waba", 80_007, 120, Duration.seconds(120)), ("subscribe_app", 4, 600, .seconds(600)),
            ("register", 133_015, nil, .minutes(5)), ("register", 133_016, nil, .hours(72)),
            ("exchange_code", 4, nil, .seconds(60)),
        ] as [(String, Int, Int?, Duration)])
    func limits(operation: String, code: Int, retryAfter: Int?, pause: Duration) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            world.graph.plan(operation, .refused(code: code, retryAfter: retryAfter))
            world.graph.planEmbeddedSignup(credit: false)
            let id = try await world.begin()
            try await world.settle()
            let step = try #require(try await world.find(id).currentStep)
            #expect(step.state == .pending && step.failures == 0 && step.dueAt == world.clock.now() + pause)
            world.clock.advance(by: pause - .seconds(1))
            try await world.settle()
            #expect(world.graph.count(operation) == 1, "not before the time")
            world.clock.advance(by: .seconds(1))
            #expect(try await world.settle(id).state == .live)
        }
    }

    @Test("Waking a run does not shorten a pause that Meta asked for", arguments: TestEngine.all)
    func wokenEarly(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false)
            world.graph.plan("read_waba", .refused(code: 80_007))
            let id = try await world.begin()
            try await world.settle()
            try await world.store.write { try $0.work.wake(kind: "onboarding", key: id.rawValue) }
            try await world.settle()
            #expect(world.graph.count("read_waba") == 1)
            #expect(try await world.settle(id).state == .live)
        }
    }

    @Test("An app that cannot be loaded leaves no intent behind", arguments: TestEngine.all)
    func unknownApp(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            try await world.store.write { tx in try tx.secrets.remove(.appSecret, of: .app(world.seeded.app)) }
            let id = try await world.begin()
            let work = try #require(try await world.claim())
            await #expect(throws: (any Error).self) { try await world.handler.run(work) }
            #expect(try await world.find(id).steps[0].state == .pending)
        }
    }

    @Test("Work that crashed too often stops for the operator", arguments: TestEngine.all)
    func givenUp(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            let id = try await world.begin()
            let work = try #require(try await world.claim())
            try await world.handler.giveUp(work)
            #expect(try await world.find(id).reason == .internalError)
            #expect(try await world.stops(id) == 1)
            world.graph.planEmbeddedSignup(credit: false)
            try await world.resume(id)
            #expect(try await world.settle(id).state == .live)
        }
    }
}
