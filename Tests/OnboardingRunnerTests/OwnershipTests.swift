// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

@Suite("Whose WABA, whose money, whose tries", .timeLimit(.minutes(5)))
struct OwnershipTests {
    @Test("A WABA that another partner owns stays its", arguments: TestEngine.all)
    func anotherPartners(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            let other = try await world.store.seedPartner("Other", kind: .techProvider)
            try await world.store.seedWABA(of: other)
            world.graph.plan("exchange_code", .json(Sample.token))
            world.graph.planReads(credit: false)
            let id = try await world.begin()
            try await world.settle()
            let run = try await world.find(id)
            #expect(run.reason == .wabaOwnedByAnotherPartner && run.provenWABAID == nil)
            #expect(try await world.store.read { try $0.wabas.find(Sample.waba) }?.partnerID == other.partner)
            #expect(try await world.store.read { try $0.phoneNumbers.ofWABA(Sample.waba) }.isEmpty)
        }
    }

    @Test("A second run of the same WABA waits until the first is over", arguments: TestEngine.all)
    func secondRun(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.plan("exchange_code", .json(Sample.token))
            world.graph.plan("subscribe_app", .refused(code: 131_031))
            world.graph.planEmbeddedSignup(credit: false)
            let first = try await world.begin()
            try await world.settle()
            let second = try await world.begin(.init(code: "AQother"))
            try await world.settle()
            let run = try await world.find(second)
            #expect(run.reason == .anotherRunOpen && run.detail?.contains(first.rawValue) == true)
            try await world.cancel(first)
            try await world.resume(second)
            #expect(try await world.settle(second).state == .live)
        }
    }

    @Test("Another partner's open run is not named to a stranger", arguments: TestEngine.all)
    func strangersRun(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            let other = try await world.store.seedPartner("Other", kind: .techProvider)
            world.graph.plan("exchange_code", .json(Sample.token), .json(Sample.token))
            world.graph.plan("subscribe_app", .refused(code: 131_031))
            world.graph.planReads(credit: false)
            let first = try await world.begin(for: other)
            try await world.settle()
            let second = try await world.begin(.init(code: "AQother"))
            try await world.settle()
            let run = try await world.find(second)
            #expect(run.reason == .wabaOwnedByAnotherPartner)
            #expect(run.detail?.contains(first.rawValue) != true)
        }
    }

    @Test("Without a currency no money moves; it comes with the resume", arguments: TestEngine.all)
    func currency(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup()
            let id = try await world.begin(.init(currency: nil))
            try await world.settle()
            #expect(try await world.find(id).reason == .currencyMissing)
            try await world.resume(id)
            try await world.settle()
            #expect(try await world.stops(id) == 2)
            #expect(world.graph.count("share_credit") == 0)
            try await world.resume(id) { $0.currency = .eur }
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.calls.first { $0.operation == "share_credit" }?.query["waba_currency"] == "EUR")
        }
    }

    @Test("The line is shared with one WABA of a business at a time", arguments: TestEngine.all)
    func serialisedPerBusiness(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            let line = CreditLineID("1972385232742146")
            let busy = WABAID("555")
            let owner = OnboardingID(at: world.clock.now())
            try await world.store.write { tx in
                let intent = try tx.creditShares.intend(
                    waba: busy, line: line, business: Sample.business, currency: .usd, onboarding: owner)
                #expect(intent == .recorded)
            }
            world.graph.planEmbeddedSignup()
            let id = try await world.begin()
            try await world.settle()
            #expect(try await world.find(id).currentStep?.kind == .shareCreditLine)
            #expect(world.graph.count("share_credit") == 0)
            try await world.store.write { try $0.creditShares.setShared(busy, allocation: AllocationID("1")) }
            #expect(try await world.settle(id).state == .live)
        }
    }

    @Test("A WABA that was shared before is not shared again by a later run", arguments: TestEngine.all)
    func sharedBefore(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup()
            let first = try await world.begin()
            #expect(try await world.settle(first).state == .live)
            world.graph.planEmbeddedSignup(except: ["share_credit", "assign_user"])
            world.graph.plan("assign_user", .json(Sample.success))
            let second = try await world.begin(.init(code: "AQagain"))
            #expect(try await world.settle(second).state == .live)
            #expect(world.graph.count("share_credit") == 1)
        }
    }

    @Test(
        "The credential and the funding differ for a while, then agree; else a person decides",
        arguments: [true, false])
    func verification(agree: Bool) async throws {
        try await RunnerWorld.with(.sqlite) { world in
            world.graph.planEmbeddedSignup(except: agree ? ["read_waba"] : ["read_waba", "register"])
            world.graph.plan("read_waba", .json(Sample.facts), .json(Sample.unfunded), .json(Sample.unfunded))
            world.graph.stand("read_waba") { _ in .json(agree ? Sample.funded : Sample.unfunded) }
            let id = try await world.begin()
            let run = try await world.settle(id, turns: 200)
            #expect(run.reason == (agree ? nil : .creditShareUnconfirmed))
            #expect(run.state == (agree ? .live : .actionRequired))
        }
    }

    @Test("The eleventh try within 72 hours is held back, with the date", arguments: TestEngine.all)
    func registrationBudget(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false, except: ["register"])
            let begun = world.clock.now()
            let id = try await world.begin(.init(pin: "000000"))
            for attempt in 1...10 {
                // The third meets a pause of Meta's, which is a try as well.
                world.graph.plan("register", .refused(code: attempt == 3 ? 133_015 : 133_005))
                try await world.settle()
                world.clock.advance(by: .minutes(6))
                if attempt != 3, attempt < 10 { try await world.resume(id, pin: "00000\(attempt)") }
            }
            #expect(world.graph.count("register") == 10)
            try await world.resume(id, pin: "999999")
            try await world.settle()
            let step = try await world.step(.registerPhoneNumber, of: id)
            #expect(step.dueAt == begun + .hours(72))
            #expect(step.detail?.contains((begun + .hours(72)).description) == true)
            #expect(try await world.find(id).state == .waiting)
            world.graph.plan("register", .json(Sample.success))
            #expect(try await world.settle(id).state == .live)
            #expect(world.clock.now() == begun + .hours(72))
            #expect(world.graph.calls.last { $0.operation == "register" }?.secret == "999999")
        }
    }

    @Test("A try that never left this machine does not count at Meta", arguments: TestEngine.all)
    func unsentTries(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            for _ in 0..<12 { world.graph.plan("register", .notSent) }
            world.graph.planEmbeddedSignup(credit: false)
            let id = try await world.begin()
            #expect(try await world.settle(id).state == .live)
            let tries = try await world.store.read { tx in
                try tx.phoneNumbers.registrations(of: Sample.number, since: Timestamp(seconds: 0))
            }
            #expect(tries.count == 1)
            #expect(Set(world.graph.calls.filter { $0.operation == "register" }.map(\.secret)).count == 1, "one PIN")
        }
    }

    @Test("Ending the signup again gives the number the PIN that it had", arguments: TestEngine.all)
    func knownPIN(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false)
            let first = try await world.begin(.init(pin: "424242"))
            #expect(try await world.settle(first).state == .live)
            try await world.store.write { tx in
                try tx.phoneNumbers.upsert(
                    PhoneNumberFacts(id: Sample.number, status: "DISCONNECTED"), waba: Sample.waba,
                    partner: world.seeded.partner)
            }
            world.graph.planEmbeddedSignup(credit: false)
            let second = try await world.begin(.init(code: "AQagain"))
            #expect(try await world.settle(second).state == .live)
            #expect(world.graph.calls.filter { $0.operation == "register" }.map(\.secret) == ["424242", "424242"])
        }
    }
}
