// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

@Suite("Cancel, interrupt, resume", .timeLimit(.minutes(5)))
struct StopAndGoTests {
    @Test(
        "Cancelled during a call: the result is kept, nothing more is called, and it stays cancelled",
        arguments: TestEngine.all)
    func cancelledDuringCall(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            let id = try await world.begin()
            world.graph.plan("exchange_code", .during({ try await world.cancel(id) }, .json(Sample.token)))
            try await world.settle(id)
            let run = try await world.find(id)
            #expect(run.state == .cancelled && run.steps[0].state == .done)
            #expect(world.graph.operations == ["exchange_code"])
            #expect(try await world.resume(id) == false)
            let token = try await world.store.read { tx -> BusinessToken? in
                try tx.secrets.get(.businessToken, of: .onboarding(id))
            }
            #expect(token?.secret == "EAAcustomer", "what Meta gave is not thrown away")
            #expect(try await world.store.read { try $0.work.counts() }.isEmpty)
        }
    }

    @Test(
        "Stopped by Meta's word during a call: it stays stopped, is told once, and a resume goes on",
        arguments: TestEngine.all)
    func interruptedDuringCall(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false, except: ["subscribe_app"])
            let id = try await world.begin()
            world.graph.plan(
                "subscribe_app",
                .during(
                    {
                        try await world.store.write { tx in
                            let before = try #require(try tx.onboardings.find(id))
                            var run = before
                            _ = run.interrupt(.accountRestricted, detail: "told by Meta", at: tx.now)
                            try tx.onboardings.save(run, before: before)
                        }
                    }, .json(Sample.success)))
            try await world.settle(id)
            let run = try await world.find(id)
            #expect(run.state == .actionRequired && run.reason == .accountRestricted)
            #expect(run.steps[3].state == .done && world.graph.count("register") == 0)
            #expect(try await world.stops(id) == 0, "who interrupts tells it, not the runner")
            try await world.resume(id)
            #expect(try await world.settle(id).state == .live)
        }
    }

    @Test("A WABA that Meta restricted does not look live at the end of a run", arguments: TestEngine.all)
    func restricted(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false, except: ["register"])
            world.graph.plan(
                "register",
                .during(
                    {
                        try await world.store.write {
                            try $0.wabas.setState(.restricted, restriction: "RESTRICTED_BIZ_INITIATED", of: Sample.waba)
                        }
                    }, .json(Sample.success)))
            let id = try await world.begin()
            #expect(try await world.settle(id).state == .live)
            let waba = try await world.store.read { try $0.wabas.find(Sample.waba) }
            #expect(waba?.state == .restricted && waba?.restriction == "RESTRICTED_BIZ_INITIATED")
        }
    }

    @Test(
        "A new code after tokens were lost runs the token steps again, neither money nor registration",
        arguments: TestEngine.all)
    func newCode(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup(except: ["register"])
            world.graph.plan("register", .refused(code: 190, subcode: 463, status: 401))
            let id = try await world.begin()
            #expect(try await world.settle(id).reason == .tokenInvalid)
            world.graph.plan("exchange_code", .json(#"{"access_token":"EAAnew"}"#))
            world.graph.plan("subscribe_app", .json(Sample.success))
            world.graph.plan("register", .json(Sample.success))
            try await world.resume(id, code: "AQsecond")
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("share_credit") == 1 && world.graph.count("assign_user") == 1)
            let token = try await world.store.read { tx -> BusinessToken? in
                try tx.secrets.get(.businessToken, of: .waba(Sample.waba))
            }
            #expect(token?.secret == "EAAnew")
        }
    }

    @Test("Events of a run are told once, whatever is run again", arguments: TestEngine.all)
    func eventsOnce(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false, except: ["register"])
            world.graph.plan("register", .refused(code: 133_005), .json(Sample.success))
            let id = try await world.begin(.init(pin: "111111"))
            try await world.settle()
            try await world.store.write { try $0.work.enqueue(kind: "onboarding", key: id.rawValue, dueAt: $0.now) }
            try await world.settle()
            #expect(try await world.stops(id) == 1, "a stopped run that is woken stays stopped")
            try await world.resume(id, pin: "222222")
            try await world.settle(id)
            try await world.store.write { try $0.work.enqueue(kind: "onboarding", key: id.rawValue, dueAt: $0.now) }
            try await world.settle(id)
            let events = try await world.events(id)
            #expect(events.count { $0 == "waba_onboarded" } == 1)
            #expect(events.count { $0 == "onboarding.step_completed" } == 6)
        }
    }

    @Test("Work of a run that is gone is dropped", arguments: TestEngine.all)
    func unknownRun(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            try await world.store.write { tx in
                try tx.work.enqueue(kind: "onboarding", key: OnboardingID(at: tx.now).rawValue, dueAt: tx.now)
            }
            try await world.settle()
            #expect(try await world.store.read { try $0.work.counts() }.isEmpty)
        }
    }
}
