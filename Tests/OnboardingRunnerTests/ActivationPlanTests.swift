// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

/// Source: DESIGN section 5, `activation`.
@Suite struct ActivationPlanTests {
    private static let asked = RunnerWorld.Request(
        plan: .activation, code: nil, business: Sample.business, phoneNumber: "+15550783881")

    /// A run as an approval begins it: with its request beside it, in `state`.
    private func begin(_ world: RunnerWorld, _ state: ActivationState = .approved) async throws -> OnboardingID {
        let id = try await world.begin(Self.asked)
        let (partner, approved) = (world.seeded.partner, state == .approved)
        try await world.store.write { tx in
            if approved { #expect(try tx.partners.approve(Sample.business, for: partner)) }
            let request = ActivationRequest(
                displayName: "Test", phoneNumber: "+15550783881", businessID: Sample.business,
                businessName: "Lucky Shrub", incomingURL: nil)
            let draft = Activation(
                id: ActivationID(at: tx.now), sid: AccountSID("HX1000000000GW"), partnerID: partner, request: request,
                certificate: Certificate(name: "a.pdf", type: .pdf, size: 1, sha256: "00"), createdAt: tx.now)
            var stored = try #require(try tx.activations.insert(draft))
            stored.state = state
            stored.onboardingID = id
            stored.decidedBy = "op_test_ab"
            try tx.activations.save(stored)
        }
        return id
    }

    @Test(arguments: TestEngine.all)
    func `an approved request waits for the WABA and then runs as a hosted signup`(_ engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup(except: ["exchange_code"])
            world.graph.plan("list_client_wabas", .json(#"{"data":[]}"#), .json(#"{"data":[\#(Sample.facts)]}"#))
            world.graph.plan("fetch_business_token", .json(#"{"access_token":"EAAhosted"}"#))
            let id = try await begin(world)
            try await world.settle()
            #expect(try await world.find(id).state == .waiting)
            #expect(try await world.step(.awaitApproval, of: id).facts["approved_by"] == "op_test_ab")
            try await world.store.write { try $0.work.wake(kind: "onboarding", key: id.rawValue) }
            try await world.settle()
            let run = try await world.find(id)
            #expect(run.state == .live && run.evidence == .approvedBusiness)
            #expect(run.phoneNumberID == Sample.number)
        }
    }

    @Test(arguments: TestEngine.all)
    func `of several WABAs the one with the number that was asked for is chosen`(_ engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup(except: ["exchange_code", "list_phone_numbers"])
            let other = WABAID("202290129340398")
            let both = "\(Sample.facts),\(Sample.facts.replacing(Sample.waba.rawValue, with: other.rawValue))"
            world.graph.plan("list_client_wabas", .json(#"{"data":[\#(both)]}"#))
            world.graph.stand("list_phone_numbers") { call in
                .json(call.path.contains(other.rawValue) ? #"{"data":[]}"# : Sample.numbers)
            }
            world.graph.plan("fetch_business_token", .json(#"{"access_token":"EAAhosted"}"#))
            let id = try await begin(world)
            try await world.settle()
            let run = try await world.find(id)
            #expect(run.state == .live && run.provenWABAID == Sample.waba)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a run whose request is not approved asks nobody`(_ engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            let id = try await begin(world, .submitted)
            try await world.settle()
            #expect(try await world.find(id).state == .waiting)
            #expect(world.graph.calls.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a run without any request stops`(_ engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            let id = try await world.begin(Self.asked)
            try await world.settle()
            #expect(try await world.find(id).reason == .businessNotApproved)
            #expect(world.graph.calls.isEmpty)
        }
    }
}
