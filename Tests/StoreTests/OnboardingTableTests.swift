// SPDX-License-Identifier: Apache-2.0
import Domain
import SQLEngine
import Store
import TestSupport
import Testing

@Suite("Onboardings as stored", .timeLimit(.minutes(1)))
struct OnboardingTableTests {
    @Test("What is saved is read back, every field", arguments: TestEngine.all)
    func roundTrip(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            let now = world.clock.now()
            let id = try await world.store.write { tx -> OnboardingID in
                var run = Onboarding(
                    id: OnboardingID(at: now), partnerID: seeded.partner, customerID: seeded.customer,
                    appID: seeded.app,
                    plan: .techPartner,
                    input: OnboardingInput(
                        options: PlanOptions(
                            overridesCallback: true, enablesTemplateAnalytics: true, subscribesApp: false),
                        callbackURI: "https://x.example/ü"),
                    createdAt: now, state: .running, steps: [StepRecord(seq: 1, kind: .announce)])
                try tx.onboardings.insert(run)
                let before = run
                run.claimedWABAID = WABAID("1")
                run.provenWABAID = WABAID("2")
                run.evidence = .solutionAndNumber
                run.businessID = BusinessID("3")
                run.solutionID = SolutionID("4")
                run.phoneNumberID = PhoneNumberID("5")
                run.phoneNumber = "+15550783881"
                run.currency = .inr
                run.region = "IN"
                _ = run.start(1, digest: "d", at: now)
                _ = run.apply(.needsAction(.pinMismatch, detail: "x"), to: 1, at: now + .seconds(1))
                run.steps[0].facts = ["k": "ü/\""]
                try tx.onboardings.save(run, before: before)
                return run.id
            }
            let run = try #require(try await world.store.read { try $0.onboardings.find(id) })
            #expect(run.input.callbackURI == "https://x.example/ü" && !run.input.options.subscribesApp)
            #expect([run.claimedWABAID, run.provenWABAID] == [WABAID("1"), WABAID("2")])
            #expect(run.businessID == BusinessID("3") && run.solutionID == SolutionID("4"))
            #expect(run.phoneNumberID == PhoneNumberID("5") && run.phoneNumber == "+15550783881")
            #expect(run.currency == .inr && run.region == "IN" && run.evidence == .solutionAndNumber)
            #expect(run.state == .actionRequired && run.reason == .pinMismatch && run.detail == "x")
            #expect(run.updatedAt == now + .seconds(1) && run.createdAt == now)
            let step = run.steps[0]
            #expect(
                step.facts == ["k": "ü/\""] && step.attempt == 1 && step.intentAt == now && step.intentDigest == "d")
            #expect(step.reason == .pinMismatch && step.state == .actionRequired)
        }
    }

    @Test("One open run per proven WABA; closed ones do not count", arguments: TestEngine.all)
    func openRun(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            let waba = WABAID("102290129340398")
            let first = try await world.store.seedRun(of: seeded, proven: waba)
            await #expect(throws: SQLError.self) { try await world.store.seedRun(of: seeded, proven: waba) }
            #expect(try await world.store.read { try $0.onboardings.openRun(of: waba, except: nil) } == first)
            #expect(try await world.store.read { try $0.onboardings.openRun(of: waba, except: first) } == nil)
            try await world.store.write { tx in
                let before = try #require(try tx.onboardings.find(first))
                var run = before
                _ = run.cancel(at: tx.now)
                try tx.onboardings.save(run, before: before)
            }
            #expect(try await world.store.read { try $0.onboardings.openRun(of: waba, except: nil) } == nil)
            _ = try await world.store.seedRun(of: seeded, proven: waba)
            #expect(try await world.store.read { try $0.onboardings.counts() } == [.running: 1, .cancelled: 1])
        }
    }

    @Test("A code belongs to the run that brought it first", arguments: TestEngine.all)
    func codes(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            let first = try await world.store.seedRun(of: seeded)
            let second = try await world.store.seedRun(of: seeded)
            let owners = try await world.store.write { tx in
                [
                    try tx.onboardings.claimCode(digest: [1], for: first),
                    try tx.onboardings.claimCode(digest: [1], for: second),
                    try tx.onboardings.claimCode(digest: [2], for: second),
                ]
            }
            #expect(owners == [first, first, second])
        }
    }

    @Test("A stored name that this version does not know is an error, not a guess", arguments: TestEngine.all)
    func unknownName(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let id = try await world.store.seedRun(of: try await world.store.seedPartner())
            try await world.store.write { tx in
                _ = try tx.sql.execute("UPDATE onboarding SET state = 'paused' WHERE id = ?", [.text(id.rawValue)])
            }
            await #expect(throws: SQLError.self) { try await world.store.read { try $0.onboardings.find(id) } }
        }
    }
}
