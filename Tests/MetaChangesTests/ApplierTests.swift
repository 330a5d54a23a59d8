// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import MetaChanges

@Suite("Changes applied")
struct ApplierTests {
    static let added = account(
        "PARTNER_ADDED",
        #""waba_info":{"waba_id":"102290129340398","owner_business_id":"506914307656634","#
            + #""solution_id":"987654321012345"}"#
    )
    static let removed = account(
        "PARTNER_REMOVED", #""waba_info":{"waba_id":"102290129340398","owner_business_id":"506914307656634"}"#)

    static func at(_ seconds: Int, _ changes: String) -> [UInt8] {
        notification(time: 1_763_990_000 + seconds, changes)
    }

    @Test("a share is kept and wakes whoever waits for it", arguments: TestEngine.all)
    func share(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            let seeded = try await store.seedPartner()
            let byWABA = try await store.seedRun(of: seeded, isProven: false)
            let byBusiness = try await store.seedRun(of: seeded, isProven: false, waba: nil, business: sampleBusiness)
            let other = try await store.seedRun(of: seeded, isProven: false, waba: WABAID("5"))
            #expect(try await store.apply(notification(entry: "506914307656634", Self.added)) == [.applied])
            let share = try await store.read { try $0.wabas.share(of: sampleWABA) }
            #expect(share?.businessID == sampleBusiness)
            #expect(share?.solutionID == SolutionID("987654321012345"))
            #expect(try await store.isAwake(byWABA))
            #expect(try await store.isAwake(byBusiness))
            #expect(try await !store.isAwake(other))
            #expect(try await store.events().isEmpty)
        }
    }

    @Test("a removal disconnects the owner's WABA and stops the run that had proven it", arguments: TestEngine.all)
    func removal(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            let seeded = try await store.seedPartner()
            try await store.seedWABA(of: seeded)
            let proven = try await store.seedRun(of: seeded, isProven: true)
            let naming = try await store.seedRun(of: seeded, isProven: false)
            try await store.apply(Self.at(1, Self.added))
            #expect(try await store.apply(Self.at(2, Self.removed)) == [.applied])
            #expect(try await store.state() == .disconnected)
            #expect(try await store.read { try $0.wabas.share(of: sampleWABA) } == nil)
            #expect(try await store.run(proven)?.state == .actionRequired)
            #expect(try await store.run(proven)?.reason == .partnerRemoved)
            #expect(try await store.run(naming)?.state == .waiting)
            let events = try await store.events()
            #expect(
                Set(events.map(\.type)) == ["whatsapp.waba.disconnected", "whatsapp.onboarding.action_required"])
            #expect(events.allSatisfy { $0.customerID == seeded.customer && $0.wabaID == sampleWABA })
            #expect(events.compactMap(\.onboardingID) == [proven])
        }
    }

    /// Meta promises no order.
    @Test("an older word about sharing never undoes a newer one", arguments: TestEngine.all)
    func sharingOutOfOrder(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            try await store.seedWABA(of: try await store.seedPartner())
            try await store.apply(Self.at(5, Self.added))
            #expect(try await store.apply(Self.at(1, Self.added)) == [.applied])
            #expect(try await store.apply(Self.at(3, Self.removed)) == [.stale])
            #expect(try await store.state() == .live)
            #expect(try await store.read { try $0.wabas.share(of: sampleWABA) } != nil)
            try await store.apply(Self.at(9, Self.removed))
            try await store.apply(Self.at(7, Self.added))
            #expect(try await store.read { try $0.wabas.share(of: sampleWABA) } == nil)
        }
    }

    @Test("a removal that comes before its share leaves nothing shared")
    func removalFirst() async throws {
        try await withTestStore { world async throws in
            try await world.store.apply(Self.at(3, Self.removed))
            try await world.store.apply(Self.at(1, Self.added))
            #expect(try await world.store.read { try $0.wabas.share(of: sampleWABA) } == nil)
            try await world.store.apply(Self.at(5, Self.added))
            #expect(try await world.store.read { try $0.wabas.share(of: sampleWABA) } != nil)
        }
    }

    @Test("an uninstalled app kills every token of the business", arguments: TestEngine.all)
    func uninstall(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            let seeded = try await store.seedPartner()
            let second = WABAID("102290129340399")
            try await store.seedWABA(of: seeded)
            try await store.seedWABA(second, of: seeded)
            try await store.seedWABA(WABAID("3"), of: seeded, business: BusinessID("9"))
            let run = try await store.seedRun(of: seeded, isProven: true)
            let body = notification(entry: "506914307656634", account("PARTNER_APP_UNINSTALLED"))
            #expect(try await store.apply(body) == [.applied])
            #expect(try await store.apply(body) == [.duplicate])
            #expect(try await store.state() == .disconnected)
            #expect(try await store.state(of: second) == .disconnected)
            #expect(try await store.state(of: WABAID("3")) == .live)
            #expect(try await store.run(run)?.reason == .tokenInvalid)
            #expect(try await store.eventTypes().filter { $0 == "whatsapp.waba.disconnected" }.count == 2)
        }
    }

    @Test("the removal of another partner's app is not ours")
    func foreignApp() async throws {
        try await withTestStore { world async throws in
            try await world.store.seedWABA(of: try await world.store.seedPartner())
            let info = #""waba_info":{"waba_id":"102290129340398","partner_app_id":"77"}"#
            #expect(try await world.store.apply(notification(account("PARTNER_APP_UNINSTALLED", info))) == [.ignored])
            #expect(try await world.store.apply(Self.at(1, Self.removed), app: AppID("77")) == [.unowned])
            #expect(try await world.store.state() == .live)
        }
    }

    @Test("review updates out of order end at the newest", arguments: TestEngine.all)
    func reviewOrder(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            let seeded = try await store.seedPartner()
            try await store.seedWABA(of: seeded)
            let run = try await store.seedRun(of: seeded, isProven: true)
            #expect(try await store.apply(Self.at(3, review("APPROVED"))) == [.applied])
            #expect(try await store.apply(Self.at(2, review("REJECTED"))) == [.stale])
            #expect(try await store.read { try $0.wabas.find(sampleWABA)?.reviewStatus } == "APPROVED")
            #expect(try await store.run(run)?.state == .waiting)
            #expect(try await store.apply(Self.at(4, review("REJECTED"))) == [.applied])
            #expect(try await store.apply(Self.at(5, review("APPROVED"))) == [.applied])
            #expect(try await store.run(run)?.reason == .reviewRejected)
            let events = try await store.events().filter { $0.type == "whatsapp.waba.review_updated" }
            #expect(events.count == 3)
            #expect(events.filter { $0.dataJSON.contains(#""remedy":"Meta rejected the account."#) }.count == 1)
        }
    }

    @Test("the first word about a review that was read before is told")
    func reviewAfterDiscovery() async throws {
        try await withTestStore { world async throws in
            let store = world.store
            let seeded = try await store.seedPartner()
            try await store.write { tx in
                _ = try tx.wabas.own(
                    WABAFacts(id: sampleWABA, reviewStatus: "APPROVED"), by: seeded.partner, customer: seeded.customer,
                    app: seeded.app, evidence: .businessToken)
            }
            #expect(try await store.apply(Self.at(1, review("APPROVED"))) == [.applied])
            #expect(try await store.apply(Self.at(2, review("APPROVED"))) == [.stale])
            #expect(try await store.eventTypes() == ["whatsapp.waba.review_updated"])
        }
    }

    @Test("a WABA that nobody owns is told to nobody, and heard once it has an owner", arguments: TestEngine.all)
    func unowned(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            let seeded = try await store.seedPartner()
            let bodies = [Self.at(1, review("APPROVED")), notification(status("sent", of: "wamid.1"))]
            for body in bodies { #expect(try await store.apply(body) == [.unowned]) }
            #expect(try await store.events().isEmpty)
            try await store.seedWABA(of: seeded)
            for body in bodies { #expect(try await store.apply(body) == [.applied]) }
            #expect(try await store.events().count == 2)
        }
    }

    @Test("each partner hears of its own WABAs only", arguments: TestEngine.all)
    func isolation(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            let first = try await store.seedPartner("First")
            let second = try await store.seedPartner("Second")
            try await store.seedWABA(WABAID("11"), of: first)
            try await store.seedWABA(WABAID("22"), of: second)
            // Long, since customer ids are random digits too.
            let nobodys = "333333333333333"
            let entries = ["11", "22", nobodys].map { id in
                #"{"id":"\#(id)","changes":[\#(status("sent", of: "wamid." + id)),\#(review("APPROVED"))]}"#
            }
            let results = try await store.apply(Array(#"{"entry":[\#(entries.joined(separator: ","))]}"#.utf8))
            #expect(results == [.applied, .applied, .applied, .applied, .unowned, .unowned])
            for (partner, waba) in [(first.partner, "11"), (second.partner, "22")] {
                let events = try await store.events(of: partner)
                #expect(events.count == 2)
                #expect(events.allSatisfy { $0.wabaID?.rawValue == waba && !$0.dataJSON.contains(nobodys) })
            }
        }
    }
}
