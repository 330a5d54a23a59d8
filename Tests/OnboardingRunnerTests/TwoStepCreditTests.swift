// SPDX-License-Identifier: Apache-2.0
import Domain
import OnboardingRunner
import Store
import TestSupport
import Testing

/// The other way to share a credit line: a call for the business, then one for the WABA with its own token. Money, never
/// twice. Source: Meta, share-and-revoke-credit-lines; seed 001, "Alternate method".
@Suite("A credit line is shared in two calls", .timeLimit(.minutes(5)))
struct TwoStepCreditTests {
    private static let allocated = #"{"success":true,"allocation_config_id":"\#(Sample.allocation)"}"#
    private static let active = #"{"id":"\#(Sample.allocation)","request_status":"ACTIVE"}"#

    private static func with(
        _ engine: TestEngine, _ body: @escaping @Sendable (RunnerWorld) async throws -> Void
    ) async throws {
        try await RunnerWorld.with(engine) { world in
            let app = world.seeded.app
            try await world.store.write { tx in
                var changed = try #require(try tx.apps.find(app))
                changed.creditSharing = .twoStep
                try tx.apps.upsert(changed)
            }
            world.directory.invalidate()
            world.graph.planEmbeddedSignup(except: ["share_credit"])
            try await body(world)
            #expect(world.graph.count("share_credit") == 0)
        }
    }

    @Test("The business first, the WABA second, then it is verified", arguments: TestEngine.all)
    func whole(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            world.graph.plan("share_credit_only", .json(Self.allocated))
            world.graph.plan("attach_credit", .json(Sample.shared))
            let id = try await world.begin()
            #expect(try await world.settle(id).state == .live)
            let share = try await world.share()
            #expect(share?.state == .verified && share?.allocationID == Sample.allocation)
            let calls = world.graph.calls.filter {
                $0.operation.hasSuffix("_credit_only") || $0.operation == "attach_credit"
            }
            #expect(calls.map(\.operation) == ["share_credit_only", "attach_credit"])
            #expect(calls.first?.query["receiving_business_id"] == Sample.business.rawValue)
            #expect(calls.last?.query["waba_id"] == Sample.waba.rawValue)
        }
    }

    @Test(
        "A lost first answer: the allocation is found, and only the second call follows", arguments: TestEngine.all,
        [true, false])
    func lostFirst(engine: TestEngine, didHappen: Bool) async throws {
        try await Self.with(engine) { world in
            // Found, settled, verified.
            world.graph.plan("read_waba", .json(Sample.facts), .json(Sample.unfunded), .json(Sample.funded))
            world.graph.stand("read_allocation") { call in
                .json(call.query["fields"]?.contains("receiving_credential") == true ? Sample.credential : Self.active)
            }
            world.graph.plan("list_allocations", .json(didHappen ? Sample.allocations : #"{"data":[]}"#))
            world.graph.plan("share_credit_only", .lost)
            if !didHappen { world.graph.plan("share_credit_only", .json(Self.allocated)) }
            world.graph.plan("attach_credit", .json(Sample.shared))
            let id = try await world.begin()
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("share_credit_only") == (didHappen ? 1 : 2))
        }
    }

    @Test("A lost second answer: the funding says whether it happened", arguments: TestEngine.all, [true, false])
    func lostSecond(engine: TestEngine, didHappen: Bool) async throws {
        try await Self.with(engine) { world in
            // Found, settled, verified.
            world.graph.plan(
                "read_waba", .json(Sample.facts), .json(didHappen ? Sample.funded : Sample.unfunded),
                .json(Sample.funded))
            world.graph.stand("read_allocation") { call in
                .json(call.query["fields"]?.contains("receiving_credential") == true ? Sample.credential : Self.active)
            }
            world.graph.plan("list_allocations", .json(Sample.allocations))
            world.graph.plan("share_credit_only", .json(Self.allocated))
            world.graph.plan("attach_credit", .lost)
            if !didHappen { world.graph.plan("attach_credit", .json(Sample.shared)) }
            let id = try await world.begin()
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("share_credit_only") == 1)
            #expect(world.graph.count("attach_credit") == (didHappen ? 1 : 2))
        }
    }

    @Test("A refusal of the second call keeps the first: a resume attaches, and shares nothing again")
    func refusedSecond() async throws {
        try await Self.with(.sqlite) { world in
            world.graph.plan("share_credit_only", .json(Self.allocated))
            world.graph.plan("attach_credit", .refused(code: 100), .json(Sample.shared))
            let id = try await world.begin()
            #expect(try await world.settle(id).reason == .creditLineRefused)
            #expect(try await world.share()?.isAllocated == true)
            try await world.resume(id)
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.count("share_credit_only") == 1)
        }
    }
}
