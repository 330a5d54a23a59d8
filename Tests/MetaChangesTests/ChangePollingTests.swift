// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

@testable import MetaChanges

@Suite("Changes found by reading")
struct ChangePollingTests {
    private static let numberID = PhoneNumberID("106540352242922")

    private func observe(
        _ store: Store, review: String? = nil, name: String? = nil, quality: String? = nil, by partner: PartnerID
    ) async throws {
        let number = PhoneNumberFacts(id: Self.numberID, qualityRating: quality, nameStatus: name)
        try await store.write { tx in
            try ChangePolling(tx).observe(
                WABAFacts(id: sampleWABA, reviewStatus: review), numbers: [number], for: partner, at: tx.now)
        }
    }

    @Test("a fact that is read and told makes one event, whichever comes first", arguments: TestEngine.all)
    func once(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            let seeded = try await store.seedPartner()
            try await store.seedWABA(of: seeded)
            try await store.seedPhoneNumber(of: seeded)
            try await observe(store, review: "APPROVED", by: seeded.partner)
            try await store.apply(ApplierTests.at(1, review("APPROVED")))
            #expect(try await store.eventTypes() == ["whatsapp.waba.review_updated"])
            world.clock.advance(by: .hours(1))
            try await store.apply(notification(time: 1_764_003_000, review("REJECTED")))
            try await observe(store, review: "REJECTED", by: seeded.partner)
            #expect(try await store.events().count == 2)
        }
    }

    @Test("a decision has one name, read or told", arguments: TestEngine.all)
    func decisions(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            let seeded = try await store.seedPartner()
            try await store.seedWABA(of: seeded)
            try await store.seedPhoneNumber(of: seeded)
            try await observe(store, name: "PENDING_REVIEW", quality: "GREEN", by: seeded.partner)
            #expect(try await store.events().isEmpty)
            world.clock.advance(by: .hours(1))
            let rejected = #"{"display_phone_number":"15550783881","decision":"REJECTED"}"#
            try await store.apply(notification(change("phone_number_name_update", rejected)))
            try await observe(store, name: "DECLINED", quality: "GREEN", by: seeded.partner)
            #expect(try await store.eventTypes() == ["whatsapp.phone_number.name_updated"])
            try await observe(store, name: "APPROVED", quality: "YELLOW", by: seeded.partner)
            #expect(
                try await store.eventTypes() == [
                    "whatsapp.phone_number.name_updated", "whatsapp.phone_number.name_updated",
                    "whatsapp.phone_number.quality_updated",
                ])
            #expect(try await store.number()?.qualityRating == "YELLOW")
        }
    }

    @Test("nothing is written for a partner that is not the owner")
    func foreign() async throws {
        try await withTestStore { world async throws in
            let seeded = try await world.store.seedPartner("Owner")
            let other = try await world.store.seedPartner("Other")
            try await world.store.seedWABA(of: seeded)
            try await observe(world.store, review: "APPROVED", name: "APPROVED", by: other.partner)
            #expect(try await world.store.events().isEmpty)
            #expect(try await world.store.number() == nil)
        }
    }
}
