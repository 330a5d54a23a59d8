// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

@Suite("WABAs, numbers and money", .timeLimit(.minutes(1)))
struct OwnershipTests {
    static let waba = WABAID("102290129340398")
    static let number = PhoneNumberID("106540352242922")

    @Test(
        "Only a WABA that its customer took away passes to another partner",
        arguments: WABA.State.allCases.flatMap { state in TestEngine.all.map { (state, $0) } })
    func owning(state: WABA.State, engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let first = try await world.store.seedPartner("First")
            let second = try await world.store.seedPartner("Second")
            try await world.store.seedWABA(of: first, state: state)
            let isOwned = try await world.store.write { tx in
                try tx.wabas.own(
                    WABAFacts(id: Self.waba, name: "Taken"), by: second.partner, customer: second.customer,
                    app: second.app,
                    evidence: .businessToken)
            }
            let passes = state == .disconnected || state == .offboarded
            let waba = try #require(try await world.store.read { try $0.wabas.find(Self.waba) })
            #expect(isOwned == passes)
            #expect(waba.partnerID == (passes ? second.partner : first.partner))
            #expect(waba.name == (passes ? "Taken" : "Lucky Shrub"))
            #expect(waba.state == (passes ? .onboarding : state))
        }
    }

    @Test("Owning again keeps what was not asked for, and a live or restricted state", arguments: TestEngine.all)
    func owningAgain(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let owner = try await world.store.seedPartner()
            try await world.store.seedWABA(of: owner, state: .restricted)
            let isOwned = try await world.store.write { tx in
                try tx.wabas.own(
                    WABAFacts(id: Self.waba), by: owner.partner, customer: owner.customer, app: owner.app,
                    evidence: .approvedBusiness)
            }
            let waba = try #require(try await world.store.read { try $0.wabas.find(Self.waba) })
            #expect(isOwned && waba.name == "Lucky Shrub" && waba.currency == "USD" && waba.businessID != nil)
            #expect(waba.state == .restricted && waba.evidence == .approvedBusiness)
            try await world.store.write { try $0.wabas.setLive(Self.waba) }
            #expect(try await world.store.read { try $0.wabas.find(Self.waba) }?.state == .restricted)
        }
    }

    @Test("Claims coexist and expire", arguments: TestEngine.all)
    func claims(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let first = try await world.store.seedPartner("First").partner
            let second = try await world.store.seedPartner("Second").partner
            try await world.store.write { tx in
                let run = OnboardingID(at: tx.now)
                try tx.wabas.claim(Self.waba, by: first, onboarding: run, expiresAt: tx.now + .days(1))
                try tx.wabas.claim(Self.waba, by: second, onboarding: run, expiresAt: tx.now + .days(2))
            }
            #expect(Set(try await world.store.read { try $0.wabas.claimants(of: Self.waba) }) == [first, second])
            world.clock.advance(by: .days(1))
            #expect(try await world.store.read { try $0.wabas.claimants(of: Self.waba) } == [second])
            #expect(try await world.store.read { try $0.wabas.find(Self.waba) } == nil, "naming gives nothing")
        }
    }

    @Test(
        "Shares and removals in any order: the newest word counts",
        arguments: [
            ([(true, 10)], true), ([(true, 10), (false, 20)], false), ([(false, 20), (true, 10)], false),
            ([(true, 10), (false, 20), (true, 30)], true), ([(true, 30), (false, 20), (true, 10)], true),
            ([(true, 30), (true, 10), (false, 20)], true), ([(true, 10), (false, 20), (false, 5), (true, 12)], false),
        ] as [([(Bool, Int64)], Bool)])
    func shareOrder(words: [(Bool, Int64)], isShared: Bool) async throws {
        try await withTestStore(.sqlite) { world in
            try await world.store.write { tx in
                for (isShare, second) in words {
                    let at = Timestamp(seconds: second)
                    if isShare {
                        try tx.wabas.recordShare(Self.waba, business: BusinessID("1"), solution: nil, at: at)
                    } else {
                        try tx.wabas.recordRemoval(Self.waba, at: at)
                    }
                }
            }
            #expect(try await world.store.read { try $0.wabas.share(of: Self.waba) != nil } == isShared)
        }
    }

    @Test(
        "A word of Meta's that comes late changes nothing, and name and quality do not hide each other",
        arguments: TestEngine.all)
    func lateWords(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let owner = try await world.store.seedPartner()
            try await world.store.seedWABA(of: owner)
            try await world.store.seedPhoneNumber(of: owner)
            let news = try await world.store.write { tx in
                [
                    try tx.phoneNumbers.setQuality("RED", at: Timestamp(seconds: 20), of: Self.number),
                    try tx.phoneNumbers.setName(
                        "APPROVED", verifiedName: nil, at: Timestamp(seconds: 10), of: Self.number),
                    try tx.phoneNumbers.setName(
                        "DECLINED", verifiedName: nil, at: Timestamp(seconds: 5), of: Self.number),
                    try tx.phoneNumbers.setQuality("GREEN", at: Timestamp(seconds: 19), of: Self.number),
                    try tx.wabas.noteReview("APPROVED", at: Timestamp(seconds: 20), of: Self.waba),
                    try tx.wabas.noteReview("PENDING", at: Timestamp(seconds: 10), of: Self.waba),
                    try tx.wabas.noteState(.disconnected, restriction: nil, at: Timestamp(seconds: 20), of: Self.waba),
                    try tx.wabas.noteState(.live, restriction: nil, at: Timestamp(seconds: 10), of: Self.waba),
                ]
            }
            #expect(news == [true, true, false, false, true, false, true, false])
            let facts = try await world.store.read { try $0.phoneNumbers.find(Self.number, of: nil) }?.facts
            #expect(facts?.qualityRating == "RED" && facts?.nameStatus == "APPROVED")
            let waba = try await world.store.read { try $0.wabas.find(Self.waba) }
            #expect(waba?.reviewStatus == "APPROVED" && waba?.state == .disconnected)
        }
    }

    @Test("The budget counts every try of the window, also two of one run in a row", arguments: TestEngine.all)
    func registrations(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let run = OnboardingID(at: world.clock.now())
            let start = world.clock.now()
            for _ in 0..<3 {
                try await world.store.write { try $0.phoneNumbers.recordRegistration(of: Self.number, onboarding: run) }
                world.clock.advance(by: .hours(1))
            }
            try await world.store.write {
                try $0.phoneNumbers.recordRegistration(of: PhoneNumberID("2"), onboarding: run)
            }
            let all = try await world.store.read {
                try $0.phoneNumbers.registrations(of: Self.number, since: start - .hours(1))
            }
            #expect(all == [start, start + .hours(1), start + .hours(2)])
            let window = try await world.store.read { try $0.phoneNumbers.registrations(of: Self.number, since: start) }
            #expect(window.count == 2, "a try is out of the window once it is over")
            try await world.store.write { try $0.phoneNumbers.withdrawRegistration(of: Self.number, onboarding: run) }
            let left = try await world.store.read {
                try $0.phoneNumbers.registrations(of: Self.number, since: start - .hours(1))
            }
            #expect(left == [start, start + .hours(1)])
        }
    }

    @Test(
        "Money: one intent per WABA, one WABA of a business at a time, withdrawn only while unsettled",
        arguments: TestEngine.all)
    func money(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let run = OnboardingID(at: world.clock.now())
            @Sendable func intend(_ waba: String, _ business: String?) async throws -> CreditShareTable.Intent {
                try await world.store.write { tx in
                    try tx.creditShares.intend(
                        waba: WABAID(waba), line: CreditLineID("9"), business: business.map { BusinessID($0) },
                        currency: .usd,
                        onboarding: run)
                }
            }
            #expect(try await intend("1", "100") == .recorded)
            guard case .exists(let share) = try await intend("1", "100") else {
                Issue.record("a second intent for the same WABA")
                return
            }
            #expect(share.state == .intended && share.allocationID == nil && share.onboardingID == run)
            #expect(try await intend("2", "100") == .businessBusy)
            #expect(try await intend("3", "200") == .recorded)
            #expect(try await intend("4", nil) == .recorded)
            try await world.store.write { try $0.creditShares.setShared(WABAID("1"), allocation: AllocationID("7")) }
            #expect(try await intend("2", "100") == .recorded)
            try await world.store.write { tx in
                try tx.creditShares.withdraw(WABAID("1"))
                try tx.creditShares.withdraw(WABAID("2"))
                try tx.creditShares.setVerified(WABAID("1"))
                try tx.creditShares.setShared(WABAID("1"), allocation: AllocationID("8"))
            }
            let kept = try await world.store.read { try $0.creditShares.find(WABAID("1")) }
            #expect(kept?.state == .verified && kept?.allocationID == AllocationID("7"))
            #expect(try await intend("2", "100") == .recorded)
        }
    }

    @Test("Two nodes that mean to share with one WABA at once: one intent", arguments: TestEngine.all)
    func concurrentMoney(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let run = OnboardingID(at: world.clock.now())
            let recorded = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<8 {
                    group.addTask {
                        try await world.store.write { tx in
                            // All of one business: at most one of them may be on its way.
                            try tx.creditShares.intend(
                                waba: WABAID("\(1 + index % 2)"), line: CreditLineID("9"), business: BusinessID("1"),
                                currency: .usd, onboarding: run) == .recorded
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(recorded == 1)
        }
    }
}
