// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

/// A WABA leaves. Source: DESIGN section 5, `offboarding`; Meta, share-and-revoke-credit-lines; pitfall P11.
@Suite("Offboarding takes back what onboarding set up", .timeLimit(.minutes(5)))
struct OffboardingTests {
    private static let revoked = #"{"id":"\#(Sample.allocation)","request_status":"DELETED"}"#

    /// A live customer, and then a run that takes it off again.
    private func begin(_ world: RunnerWorld, _ options: PlanOptions = PlanOptions()) async throws -> OnboardingID {
        world.graph.planEmbeddedSignup()
        let first = try await world.begin()
        #expect(try await world.settle(first).state == .live)
        return try await leave(world, options)
    }

    private func leave(_ world: RunnerWorld, _ options: PlanOptions = PlanOptions()) async throws -> OnboardingID {
        let id = try await world.begin(.init(plan: .offboarding, options: options, code: nil, waba: Sample.waba))
        try await world.store.write { tx in
            let before = try #require(try tx.onboardings.find(id))
            var run = before
            run.provenWABAID = Sample.waba
            run.businessID = Sample.business
            try tx.onboardings.save(run, before: before)
            let token: BusinessToken? = try tx.secrets.get(.businessToken, of: .waba(Sample.waba))
            if let token { try tx.secrets.put(token, as: .businessToken, of: .onboarding(id)) }
        }
        return id
    }

    private func planLeaving(_ graph: ScriptedGraph) {
        for operation in ["unsubscribe_app", "deregister", "revoke_credit"] {
            graph.plan(operation, .json(Sample.success))
        }
        graph.stand("read_allocation") { _ in .json(Self.revoked) }
    }

    @Test("Everything is taken back, in order, and told once", arguments: TestEngine.all)
    func whole(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            let id = try await begin(world)
            let before = world.graph.operations.count
            planLeaving(world.graph)
            #expect(try await world.settle(id).state == .offboarded)
            #expect(
                world.graph.operations.dropFirst(before)
                    == ["unsubscribe_app", "deregister", "revoke_credit", "read_allocation"])
            let waba = try #require(try await world.store.read { try $0.wabas.find(Sample.waba) })
            #expect(waba.state == .offboarded && !waba.isSubscribed)
            #expect(try await world.share()?.state == .revoked)
            let token = try await world.store.read { tx -> BusinessToken? in
                try tx.secrets.get(.businessToken, of: .waba(Sample.waba))
            }
            #expect(token == nil)
            #expect(try await world.events(id).count { $0 == "waba.offboarded" } == 1)
            let states = try await world.store.read { tx in
                try tx.onboardings.runs(of: Sample.waba, partner: world.seeded.partner)
                    .map { try tx.onboardings.find($0)?.state }
            }
            #expect(states == [.offboarded, .offboarded])
        }
    }

    @Test("Money: a lost answer to the revocation is settled by reading", arguments: TestEngine.all, [false, true])
    func lostRevocation(engine: TestEngine, didHappen: Bool) async throws {
        try await RunnerWorld.with(engine) { world in
            let id = try await begin(world, PlanOptions(deregistersNumbers: false))
            world.graph.plan("unsubscribe_app", .json(Sample.success))
            world.graph.plan("revoke_credit", .lost)
            if !didHappen {
                world.graph.plan("revoke_credit", .json(Sample.success))
                world.graph.plan("read_allocation", .json(#"{"id":"\#(Sample.allocation)"}"#))
            }
            world.graph.stand("read_allocation") { _ in .json(Self.revoked) }
            #expect(try await world.settle(id).state == .offboarded)
            #expect(world.graph.count("revoke_credit") == (didHappen ? 1 : 2))
        }
    }

    @Test(
        "While another WABA of the business is in use the line stays, and the run says which", arguments: TestEngine.all
    )
    func stillUsed(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            let id = try await begin(world, PlanOptions(deregistersNumbers: false))
            let other = WABAID("102290129340399")
            let seeded = world.seeded
            try await world.store.write { tx in
                _ = try tx.wabas.own(
                    WABAFacts(id: other, businessID: Sample.business), by: seeded.partner, customer: seeded.customer,
                    app: seeded.app, evidence: .businessToken)
                try tx.wabas.setLive(other)
                _ = try tx.creditShares.intend(
                    waba: other, line: CreditLineID("1"), business: Sample.business, currency: .usd, onboarding: id)
                try tx.creditShares.setShared(other, allocation: AllocationID("58501441721239"))
            }
            world.graph.plan("unsubscribe_app", .json(Sample.success))
            let stopped = try await world.settle(id)
            #expect(stopped.reason == .creditLineStillUsed && stopped.detail == other.rawValue)
            #expect(try await world.share()?.state == .verified)
            try await world.store.write { try $0.wabas.setState(.offboarded, of: other) }
            try await world.resume(id)
            world.graph.plan("revoke_credit", .json(Sample.success))
            world.graph.stand("read_allocation") { _ in .json(Self.revoked) }
            #expect(try await world.settle(id).state == .offboarded)
            let shares = try await world.store.read { try $0.creditShares.find(other)?.state }
            #expect(shares == .revoked, "Meta took the line from the whole business")
        }
    }

    @Test(
        "A customer who has removed us already: what cannot be done is skipped and says why", arguments: TestEngine.all)
    func gone(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            let id = try await begin(world)
            world.graph.plan("unsubscribe_app", .refused(code: 100, subcode: 33))
            world.graph.plan("deregister", .refused(code: 190, status: 401))
            world.graph.plan("revoke_credit", .json(Sample.success))
            world.graph.stand("read_allocation") { _ in .json(Self.revoked) }
            let run = try await world.settle(id)
            #expect(run.state == .offboarded)
            #expect(run.steps.prefix(2).map(\.state) == [.skipped, .skipped])
            #expect(run.steps[0].facts["note"]?.contains("no access") == true)
        }
    }

    @Test("A WABA that left can come again: the line is shared anew", arguments: TestEngine.all)
    func again(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            let id = try await begin(world)
            planLeaving(world.graph)
            #expect(try await world.settle(id).state == .offboarded)
            world.graph.planEmbeddedSignup()
            let second = try await world.begin(.init(code: "AQsecond"))
            #expect(try await world.settle(second).state == .live)
            #expect(world.graph.count("share_credit") == 2)
            #expect(try await world.share()?.state == .verified)
        }
    }

    @Test(
        "A number that is not registered, or stays with the Business app, stops nothing",
        arguments: [
            (code: 133_010, subcode: Int?.none, status: "DISCONNECTED"),
            (code: 100, subcode: 2_207_051, status: "CONNECTED"),
        ])
    func numbers(code: Int, subcode: Int?, status: String) async throws {
        try await RunnerWorld.with(.sqlite) { world in
            let id = try await begin(world)
            world.graph.plan("unsubscribe_app", .json(Sample.success))
            world.graph.plan("deregister", .refused(code: code, subcode: subcode))
            world.graph.plan("revoke_credit", .json(Sample.success))
            world.graph.stand("read_allocation") { _ in .json(Self.revoked) }
            #expect(try await world.settle(id).state == .offboarded)
            let number = try await world.store.read { try $0.phoneNumbers.find(Sample.number, of: nil) }
            #expect(number?.facts.status == status)
        }
    }
}
