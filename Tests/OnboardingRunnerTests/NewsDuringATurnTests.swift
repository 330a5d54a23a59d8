// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import OnboardingRunner
import Store
import Synchronization
import TestSupport
import Testing

/// What comes while a step is being performed, too late for the step to see it, moves the run on all the same. Time stands
/// still here: a run that only a later poll would move on stays where it is.
@Suite(.timeLimit(.minutes(5))) struct NewsDuringATurnTests {
    /// Acts once, when the step has its result and nothing of it is written.
    private final class Gate: Sendable {
        private let step: StepKind
        private let act = Mutex<(@Sendable () async throws -> Void)?>(nil)

        init(after step: StepKind) { self.step = step }

        func set(_ act: @escaping @Sendable () async throws -> Void) { self.act.withLock { $0 = act } }

        var hasActed: Bool { act.withLock { $0 == nil } }

        var observer: CheckpointObserver {
            CheckpointObserver { reached in
                guard reached == Checkpoint(step: self.step, phase: .afterEffect) else { return }
                let act = self.act.withLock { act in
                    defer { act = nil }
                    return act
                }
                do { try await act?() } catch { Issue.record(error) }
            }
        }
    }

    /// As the operator's approval does: the word, and the runs that stopped for want of it go on.
    private static func approve(_ run: OnboardingID, _ world: RunnerWorld, for partner: PartnerID) async throws {
        try await world.store.write { tx in
            #expect(try tx.partners.approve(Sample.business, for: partner))
            for before in try tx.onboardings.openRuns(waba: nil, business: Sample.business) {
                var resumed = before
                if before.reason == .businessNotApproved, resumed.resume(at: tx.now) {
                    try tx.onboardings.save(resumed, before: before)
                }
                try tx.work.enqueue(kind: WorkKind.onboarding, key: before.id.rawValue, dueAt: tx.now)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `an approval that comes after the step has looked is not lost`(_ engine: TestEngine) async throws {
        let gate = Gate(after: .awaitPartnerAdded)
        try await RunnerWorld.with(engine, checkpoints: gate.observer) { world in
            world.graph.planEmbeddedSignup(except: ["exchange_code"])
            world.graph.plan("list_client_wabas", .json(#"{"data":[\#(Sample.facts)]}"#))
            world.graph.plan("fetch_business_token", .json(#"{"access_token":"EAAhosted"}"#))
            let id = try await world.begin(.init(plan: .hosted, code: nil, business: Sample.business))
            gate.set { try await Self.approve(id, world, for: world.seeded.partner) }
            try await world.settle()
            #expect(gate.hasActed)
            let run = try await world.find(id)
            #expect(run.state == .live, "\(run.reason?.rawValue ?? "no reason")")
            #expect(try await world.stops(id) == 0, "nobody is asked for what has been done")
        }
    }

    @Test(arguments: TestEngine.all)
    func `another partner's approval changes nothing`(_ engine: TestEngine) async throws {
        let gate = Gate(after: .awaitPartnerAdded)
        try await RunnerWorld.with(engine, checkpoints: gate.observer) { world in
            let other = try await world.store.seedPartner("Other")
            let id = try await world.begin(.init(plan: .hosted, code: nil, business: Sample.business))
            gate.set { try await Self.approve(id, world, for: other.partner) }
            try await world.settle()
            #expect(gate.hasActed)
            let run = try await world.find(id)
            #expect(run.state == .actionRequired && run.reason == .businessNotApproved)
            #expect(try await world.stops(id) == 1)
            #expect(world.graph.calls.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a share that Meta tells of while it is being asked is not lost`(_ engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup(except: ["exchange_code"])
            let partner = world.seeded.partner
            #expect(try await world.store.write { try $0.partners.approve(Sample.business, for: partner) })
            let id = try await world.begin(.init(plan: .hosted, code: nil, business: Sample.business))
            let wake: @Sendable () async throws -> Void = {
                try await world.store.write { try $0.work.wake(kind: WorkKind.onboarding, key: id.rawValue) }
            }
            world.graph.plan(
                "list_client_wabas", .during(wake, .json(#"{"data":[]}"#)), .json(#"{"data":[\#(Sample.facts)]}"#))
            world.graph.plan("fetch_business_token", .json(#"{"access_token":"EAAhosted"}"#))
            try await world.settle()
            #expect(try await world.find(id).state == .live)
        }
    }

    /// Meta's word stops the run and somebody resumes it, both before the step's own end is written.
    @Test(arguments: TestEngine.all)
    func `a resume that comes while a step is being performed is not lost`(_ engine: TestEngine) async throws {
        let gate = Gate(after: .subscribeApp)
        try await RunnerWorld.with(engine, kind: .techProvider, checkpoints: gate.observer) { world in
            world.graph.planEmbeddedSignup(credit: false)
            let id = try await world.begin()
            gate.set {
                try await world.store.write { tx in
                    let before = try #require(try tx.onboardings.find(id))
                    var run = before
                    _ = run.interrupt(.accountRestricted, detail: "told by Meta", at: tx.now)
                    #expect(run.state == .actionRequired)
                    try tx.onboardings.save(run, before: before)
                }
                #expect(try await world.resume(id))
            }
            try await world.settle()
            #expect(gate.hasActed)
            #expect(try await world.find(id).state == .live)
            #expect(world.graph.count("register") == 1)
        }
    }
}
