// SPDX-License-Identifier: Apache-2.0
import Domain
import SQLEngine
import Store
import TestSupport
import Testing

@Suite("Partners and customers", .timeLimit(.minutes(1)))
struct TenantTests {
    private static func customer(
        _ partner: PartnerID, at now: Timestamp, email: String? = nil, phone: String? = nil, externalID: String? = nil
    ) -> Customer {
        Customer(
            id: CustomerID(at: now), partnerID: partner, name: "N", email: email, phone: phone, externalID: externalID,
            createdAt: now)
    }

    @Test(
        "E-mail, phone and external id are unique within a partner, however they are written", arguments: TestEngine.all
    )
    func conflicts(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let mine = try await world.store.seedPartner("Mine")
            let theirs = try await world.store.seedPartner("Theirs")
            let now = world.clock.now()
            let found = try await world.store.write { tx -> [CustomerTable.Conflict?] in
                let cases = [
                    Self.customer(mine.partner, at: now, email: "Ops@Example.com", phone: "+91 70215", externalID: "x"),
                    Self.customer(mine.partner, at: now, email: " ops@EXAMPLE.com "),
                    Self.customer(mine.partner, at: now, phone: "+91-(702)15"),
                    Self.customer(mine.partner, at: now, externalID: "x"),
                    Self.customer(
                        theirs.partner, at: now, email: "ops@example.com", phone: "+9170215", externalID: "x"),
                    Self.customer(mine.partner, at: now), Self.customer(mine.partner, at: now),
                ]
                return try cases.map { try tx.customers.insert($0) }
            }
            #expect(found == [nil, .email, .phone, .externalID, nil, nil, nil])
        }
    }

    @Test("What is another partner's looks like what does not exist", arguments: TestEngine.all)
    func isolation(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let mine = try await world.store.seedPartner("Mine")
            let other = try await world.store.seedPartner("Other")
            try await world.store.seedWABA(of: mine)
            try await world.store.seedPhoneNumber(of: mine)
            let waba = WABAID("102290129340398")
            let run = try await world.store.seedRun(of: mine)
            let seen = try await world.store.write { tx -> [Bool] in
                let endpoint = Endpoint(
                    id: EndpointID(at: tx.now), partnerID: mine.partner, customerID: nil, url: "https://x.example",
                    events: EventFilter(stored: ["*"]), format: .standard, state: .enabled, disabledReason: nil,
                    createdAt: tx.now, updatedAt: tx.now)
                try tx.endpoints.insert(endpoint)
                let event = try tx.publish(EventDraft(type: .wabaOnboarded, partnerID: mine.partner, dedupeKey: "k"))
                return try [mine.partner, other.partner].flatMap { partner in
                    [
                        try tx.customers.find(mine.customer, of: partner) != nil,
                        try tx.onboardings.find(run, of: partner) != nil, try tx.wabas.find(waba, of: partner) != nil,
                        try tx.phoneNumbers.find(PhoneNumberID("106540352242922"), of: partner) != nil,
                        try tx.endpoints.find(endpoint.id, of: partner) != nil,
                        try tx.events.find(try #require(event), of: partner) != nil,
                    ]
                }
            }
            #expect(seen == Array(repeating: true, count: 6) + Array(repeating: false, count: 6))
            let pages = try await world.store.read { tx in
                (
                    try tx.customers.page(of: other.partner, PageRequest()).items.map(\.partnerID),
                    try tx.wabas.page(WABATable.Filter(partner: other.partner), PageRequest()).items.count,
                    try tx.onboardings.page(.init(partner: other.partner), PageRequest()).items.count
                )
            }
            #expect(pages.0 == [other.partner] && pages.1 == 0 && pages.2 == 0)
        }
    }

    @Test("Pages by key: nothing twice, nothing missed, while rows are inserted", arguments: TestEngine.all)
    func paging(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            let partner = seeded.partner
            @Sendable func insert(_ count: Int) async throws {
                try await world.store.write { tx in
                    for _ in 0..<count { _ = try tx.customers.insert(Self.customer(partner, at: tx.now)) }
                }
            }
            // Several share a millisecond, so that the id decides.
            for _ in 0..<4 {
                try await insert(6)
                world.clock.advance(by: .milliseconds(1))
            }
            let before = try await world.store.read {
                try $0.customers.page(of: partner, PageRequest(limit: 100)).items.map(\.id)
            }
            #expect(before.count == 25)
            var seen: [CustomerID] = []
            var next: PageKey?
            repeat {
                let request = PageRequest(limit: 7, after: next)
                let page = try await world.store.read { try $0.customers.page(of: partner, request) }
                seen += page.items.map(\.id)
                next = page.next
                try await insert(2)
            } while next != nil
            #expect(seen == before)
        }
    }

    @Test("A page that is exactly full has no next one", arguments: TestEngine.all)
    func fullPage(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            let page = try await world.store.read { try $0.customers.page(of: seeded.partner, PageRequest(limit: 1)) }
            #expect(page.items.count == 1 && page.next == nil)
        }
    }

    @Test("A solution and a business belong to one partner: the first", arguments: TestEngine.all)
    func solutions(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let mine = try await world.store.seedPartner("Mine").partner
            let other = try await world.store.seedPartner("Other").partner
            let answers = try await world.store.write { tx in
                [
                    try tx.partners.addSolution(SolutionID("1"), to: mine),
                    try tx.partners.addSolution(SolutionID("1"), to: mine),
                    try tx.partners.addSolution(SolutionID("1"), to: other),
                    try tx.partners.approve(BusinessID("2"), for: mine),
                    try tx.partners.approve(BusinessID("2"), for: other),
                ]
            }
            #expect(answers == [true, true, false, true, false])
            #expect(try await world.store.read { try $0.partners.approvedPartner(of: BusinessID("2")) } == mine)
        }
    }

    @Test("A key is found by its hash and revoked once", arguments: TestEngine.all)
    func keys(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let partner = try await world.store.seedPartner().partner
            let key = APIKey(
                id: APIKeyID(at: world.clock.now()), partnerID: partner, role: .partner, prefix: "pk_test_ab",
                createdAt: world.clock.now())
            try await world.store.write { try $0.apiKeys.insert(key, hash: [1, 2, 3]) }
            #expect(try await world.store.read { try $0.apiKeys.find(hash: [1, 2, 3]) } == key)
            #expect(try await world.store.read { try $0.apiKeys.find(hash: [1, 2]) } == nil)
            #expect(try await world.store.write { try $0.apiKeys.revoke(key.id) })
            #expect(try await world.store.write { try $0.apiKeys.revoke(key.id) } == false)
            #expect(
                try await world.store.read { try $0.apiKeys.find(hash: [1, 2, 3]) }?.revokedAt == world.clock.now())
        }
    }
}

extension Store {
    /// An open run without work.
    func seedRun(of seeded: SeededPartner, proven waba: WABAID? = nil) async throws -> OnboardingID {
        try await write { tx in
            var run = Onboarding(
                id: OnboardingID(at: tx.now), partnerID: seeded.partner, customerID: seeded.customer, appID: seeded.app,
                plan: .embeddedSignup, input: OnboardingInput(), createdAt: tx.now, state: .running,
                steps: [StepRecord(seq: 1, kind: .exchangeCode), StepRecord(seq: 2, kind: .announce)])
            run.provenWABAID = waba
            try tx.onboardings.insert(run)
            return run.id
        }
    }
}
