// SPDX-License-Identifier: Apache-2.0
import Domain
import OnboardingRunner
import Store
import Synchronization
import TestSupport
import Testing

/// Random crashes, lost answers, refusals, resumes and new codes against a small model of Meta.
@Suite("Whatever happens, in any order", .timeLimit(.minutes(2)))
struct InterleavingTests {
    @Test("Money moves at most once, no code is exchanged twice, and the run ends live", arguments: 1...40)
    func anyOrder(seed: Int) async throws {
        try await RunnerWorld.with(.sqlite, settings: OnboardingSettingsFixture.impatient) { world in
            let meta = ModelOfMeta(seed: UInt64(seed)) {
                try await world.store.write { tx in
                    try tx.nodes.remove(world.node)
                    _ = try tx.nodes.sweep(grace: .hours(1), crashesMax: 1000)
                    try tx.nodes.beat(world.node, lease: .seconds(30))
                }
            }
            meta.stand(in: world.graph)
            let id = try await world.begin(.init(code: meta.mintCode()))
            for _ in 0..<60 {
                try await act(on: id, world, meta)
                if try await world.find(id).state == .live { break }
            }
            meta.calmDown()
            for _ in 0..<6 where try await world.find(id).state != .live {
                _ = try await world.resume(id, code: meta.mintCode())
                try await run(id, world)
            }
            let end = try await world.find(id)
            #expect(end.state == .live, "stopped for \(end.reason?.rawValue ?? "nothing"): \(end.detail ?? "")")
            meta.check()
            let events = try await world.events(id)
            #expect(events.count { $0 == "waba_onboarded" } == 1)
            let pins = Set(world.graph.calls.filter { $0.operation == "register" }.map(\.secret))
            #expect(pins.count <= 1, "a repeat carries the same PIN")
        }
    }

    private func act(on id: OnboardingID, _ world: RunnerWorld, _ meta: ModelOfMeta) async throws {
        try await run(id, world)
        let state = try await world.find(id).state
        #expect(state == .live || state == .actionRequired, "a run rests in a state that somebody can act on")
        guard state == .actionRequired else { return }
        _ = try await world.resume(id, code: meta.isLucky(1, of: 2) ? meta.mintCode() : nil)
    }

    /// As ``RunnerWorld/settle(_:turns:)``, over lost claims.
    private func run(_ id: OnboardingID, _ world: RunnerWorld) async throws {
        for _ in 0..<200 {
            while let work = try await world.claim() {
                do { try await world.handler.run(work) } catch is LostClaim {}
            }
            guard let due = try await world.store.read({ try $0.work.oldestDue() }) else { return }
            world.clock.advance(by: max(due - world.clock.now(), .zero))
        }
        Issue.record("the run never rests")
    }
}
