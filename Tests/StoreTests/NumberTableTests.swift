// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

@Suite("Phone numbers", .timeLimit(.minutes(1)))
struct NumberTableTests {
    private static let number = PhoneNumberID("106540352242922")

    private func withNumber(_ engine: TestEngine, _ body: (TestStore, SeededPartner) async throws -> Void) async throws
    {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner("Acme")
            try await world.store.seedWABA(of: seeded)
            try await world.store.seedPhoneNumber(of: seeded)
            try await body(world, seeded)
        }
    }

    private func found(_ world: TestStore) async throws -> PhoneNumber {
        try #require(try await world.store.read { try $0.phoneNumbers.find(Self.number, of: nil) })
    }

    @Test("A refused change of name leaves the name in use", arguments: TestEngine.all)
    func refusedName(engine: TestEngine) async throws {
        try await withNumber(engine) { world, _ in
            let now = world.clock.now()
            try await world.store.write { tx in
                _ = try tx.phoneNumbers.setName("APPROVED", verifiedName: "Lucky Shrub", at: now, of: Self.number)
                try tx.phoneNumbers.setRequestedName("Shrub & Co", status: "PENDING_REVIEW", of: Self.number)
                _ = try tx.phoneNumbers.setName("REJECTED", verifiedName: nil, at: now, of: Self.number)
            }
            let refused = try await found(world)
            #expect(refused.facts.verifiedName == "Lucky Shrub" && refused.facts.nameStatus == "APPROVED")
            #expect(refused.requestedName == "Shrub & Co" && refused.requestedNameStatus == "REJECTED")
            try await world.store.write { tx in
                _ = try tx.phoneNumbers.setName("APPROVED", verifiedName: "Shrub & Co", at: now, of: Self.number)
            }
            let approved = try await found(world)
            #expect(approved.facts.verifiedName == "Shrub & Co" && approved.facts.nameStatus == "APPROVED")
            #expect(approved.requestedName == nil && approved.requestedNameStatus == nil)
        }
    }

    @Test(
        "Each stage of the registration deadline is due once, until the number is registered", arguments: TestEngine.all
    )
    func deadline(engine: TestEngine) async throws {
        try await withNumber(engine) { world, _ in
            let notices = { try await world.store.read { try $0.phoneNumbers.registrationNotices(limit: 10) } }
            #expect(try await notices().isEmpty)
            world.clock.advance(by: .days(11))
            #expect(try await notices().map(\.stage) == [1])
            try await world.store.write { try $0.phoneNumbers.setRegistrationWarned(1, of: Self.number) }
            #expect(try await notices().isEmpty)
            world.clock.advance(by: .days(4))
            #expect(try await notices().map(\.stage) == [3])
            try await world.store.write { try $0.phoneNumbers.setVerified(Self.number) }
            #expect(try await notices().isEmpty)
            world.clock.advance(by: .days(12))
            #expect(try await notices().map(\.stage) == [1])
            try await world.store.write { try $0.phoneNumbers.setRegistered(Self.number) }
            #expect(try await notices().isEmpty)
        }
    }

    @Test("A token's expiry is due by stages, and anew with another date", arguments: TestEngine.all)
    func token(engine: TestEngine) async throws {
        try await withNumber(engine) { world, _ in
            let waba = WABAID("102290129340398")
            let due = world.clock.now() + .days(60)
            let notices = { try await world.store.read { try $0.wabas.tokenNotices(limit: 10) } }
            try await world.store.write { try $0.wabas.setTokenExpiry(due, of: waba) }
            #expect(try await notices().isEmpty)
            world.clock.advance(by: .days(50))
            #expect(try await notices().map(\.stage) == [1])
            try await world.store.write { try $0.wabas.setTokenWarned(1, of: waba) }
            try await world.store.write { try $0.wabas.setTokenExpiry(due, of: waba) }
            #expect(try await notices().isEmpty)
            try await world.store.write { try $0.wabas.setTokenExpiry(due + .days(1), of: waba) }
            #expect(try await notices().map(\.due) == [due + .days(1)])
            try await world.store.write { try $0.wabas.setTokenExpiry(nil, of: waba) }
            #expect(try await notices().isEmpty)
        }
    }

    @Test("A business counts as a new customer once, by its first WABA", arguments: TestEngine.all)
    func arrivals(engine: TestEngine) async throws {
        try await withNumber(engine) { world, seeded in
            let arrivals = {
                try await world.store.read { try $0.wabas.arrivals(of: seeded.app, since: $0.now - .days(7), limit: 3) }
            }
            let first = world.clock.now()
            #expect(try await arrivals() == [first])
            world.clock.advance(by: .days(1))
            try await world.store.seedWABA(WABAID("2"), of: seeded)
            try await world.store.seedWABA(WABAID("3"), of: seeded, business: BusinessID("77"))
            #expect(try await arrivals() == [first, world.clock.now()])
            world.clock.advance(by: .days(6))
            // The first business is an old customer by now, its second WABA brings nobody new.
            #expect(try await arrivals() == [world.clock.now() - .days(6)])
            for business in 1...3 {
                let id = "\(business)"
                try await world.store.seedWABA(WABAID("9" + id), of: seeded, business: BusinessID(id))
                world.clock.advance(by: .days(1))
            }
            // The newest count: by them the next place is free.
            let came = (1...3).map { world.clock.now() - .days(4 - $0) }
            #expect(try await arrivals() == came)
            // Who is imported had come before, whenever that was, and so had its other WABAs.
            try await world.store.seedWABA(
                WABAID("81"), of: seeded, business: BusinessID("78"), evidence: .operatorImport)
            world.clock.advance(by: .milliseconds(1))
            try await world.store.seedWABA(WABAID("82"), of: seeded, business: BusinessID("78"))
            #expect(try await arrivals() == came)
        }
    }

    @Test("Old events go with their deliveries, but not what is still to be delivered", arguments: TestEngine.all)
    func pruning(engine: TestEngine) async throws {
        let renderer = EventRenderer { _, _ in RenderedEvent(body: [1], headers: [:]) }
        try await withTestStore(engine, renderer: renderer) { world in
            let store = world.store
            let seeded = try await store.seedPartner("Acme")
            let publish = { (key: String) in
                try await store.write {
                    try $0.publish(
                        EventDraft(
                            type: .wabaOnboarded, partnerID: seeded.partner, customerID: seeded.customer, dedupeKey: key
                        ))
                }
            }
            let old = try await publish("old")
            world.clock.advance(by: .milliseconds(1))
            try await store.seedEndpoint(of: seeded)
            let held = try await publish("held")
            world.clock.advance(by: .days(100))
            let young = try await publish("young")
            let before = world.clock.now() - .days(90)
            let last = try await store.write { try $0.events.prune(before: before, after: nil, limit: 1) }
            #expect(last == old)
            #expect(try await store.write { try $0.events.prune(before: before, after: last, limit: 20) } == nil)
            let left = try await store.read { try $0.events.page(.init(), PageRequest()) }.items.map(\.id)
            #expect(Set(left) == Set([held, young].compactMap(\.self)))

            try await store.write { tx in
                try tx.activities.record(partner: nil, actor: "a", action: "b", target: "c")
            }
            world.clock.advance(by: .days(2))
            // What is not in the audit trail yet stays.
            #expect(try await store.write { try $0.audit.prune(before: $0.now - .days(1), limit: 100) } == 0)
            #expect(try await store.sealActivities() == 1)
            #expect(try await store.write { try $0.audit.prune(before: $0.now - .days(3), limit: 100) } == 0)
            #expect(try await store.write { try $0.audit.prune(before: $0.now - .days(1), limit: 100) } == 1)
        }
    }
}
