// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Store
import TestSupport
import Testing

@testable import MetaChanges

/// Coexistence as Meta tells of it, and messages that a run waits for.
/// Source: Meta, onboarding-business-app-users; account_update, `disconnection_info`.
@Suite("Numbers of the phone app", .timeLimit(.minutes(2)))
struct BusinessAppTests {
    private static let number = PhoneNumberID("106540352242922")

    private static func at(_ seconds: Int, _ change: String) -> [UInt8] {
        notification(time: 1_763_990_000 + seconds, change)
    }

    private static let left = at(2, account("ACCOUNT_OFFBOARDED"))
    private static let back = at(5, account("ACCOUNT_RECONNECTED"))

    private func withOwner(
        _ engine: TestEngine = .sqlite, _ body: @escaping @Sendable (Store, SeededPartner) async throws -> Void
    ) async throws {
        try await withTestStore(engine) { world async throws in
            let seeded = try await world.store.seedPartner()
            try await world.store.seedWABA(of: seeded)
            try await world.store.seedPhoneNumber(of: seeded)
            try await body(world.store, seeded)
        }
    }

    @Test(
        "A phone that is re-registered stops the run with its remedy, and goes on when it is back",
        arguments: TestEngine.all)
    func reconnected(engine: TestEngine) async throws {
        try await withOwner(engine) { store, seeded in
            let run = try await store.seedRun(of: seeded, isProven: true)
            #expect(try await store.apply(Self.left) == [.applied])
            #expect(try await store.state() == .disconnected)
            #expect(try await store.run(run)?.reason == .businessAppDisconnected)
            let told = try #require(try await store.events().first { $0.type == "whatsapp.waba.disconnected" })
            #expect(told.dataJSON.contains("business_app_disconnected") && told.dataJSON.contains("open the app"))
            #expect(try await store.apply(Self.back) == [.applied])
            #expect(try await store.state() == .onboarding)
            #expect(try await store.run(run)?.state == .running)
            #expect(try await store.isAwake(run))
            #expect(try await store.eventTypes().contains("whatsapp.waba.reconnected"))
        }
    }

    @Test("Without a run the WABA is live again; after the customer removed us it is not")
    func returnedOrNot() async throws {
        try await withOwner { store, _ in
            try await store.apply(Self.left)
            try await store.apply(Self.back)
            #expect(try await store.state() == .live)
            try await store.apply(
                Self.at(
                    7,
                    account(
                        "PARTNER_REMOVED",
                        #""phone_number":"15550783881","disconnection_info":{"reason":"ACCOUNT_DISCONNECTED","initiated_by":"USER"}"#
                    )))
            #expect(try await store.state() == .disconnected)
            let events = try await store.events().filter { $0.type == "whatsapp.waba.disconnected" }
            #expect(
                events.contains { $0.phoneNumberID == Self.number && $0.dataJSON.contains(#""initiated_by":"USER""#) })
            #expect(events.allSatisfy { $0.dataJSON.contains(#""reason":"business_app_disconnected""#) })
            #expect(try await store.apply(Self.at(9, account("ACCOUNT_RECONNECTED"))) == [.stale])
            #expect(try await store.state() == .disconnected)
        }
    }

    private static func history(_ members: String, at seconds: Int) -> [UInt8] {
        at(
            seconds,
            change(
                "history", #"{"metadata":{"phone_number_id":"106540352242922"},"history":[{\#(members)}]}"#))
    }

    @Test("What comes of a sync is kept and told once a state", arguments: TestEngine.all)
    func progress(engine: TestEngine) async throws {
        try await withOwner(engine) { store, seeded in
            try await store.write { tx in
                try tx.businessAppSyncs.open(
                    Self.number, waba: sampleWABA, partner: seeded.partner, onboardedAt: tx.now)
                try tx.businessAppSyncs.setRequested(Self.number, .history, requestID: "r2")
            }
            #expect(try await store.apply(Self.history(#""metadata":{"progress":20}"#, at: 1)) == [.applied])
            #expect(try await store.apply(Self.history(#""metadata":{"progress":60}"#, at: 2)) == [.stale])
            #expect(try await store.apply(Self.history(#""metadata":{"progress":100}"#, at: 3)) == [.applied])
            #expect(try await store.apply(Self.history(#""errors":[{"code":2593109}]"#, at: 4)) == [.stale])
            let sync = try await store.read { try $0.businessAppSyncs.of(Self.number) }.first { $0.kind == .history }
            #expect(sync?.state == .complete && sync?.progress == 100)
            #expect(try await store.eventTypes() == Array(repeating: "whatsapp.business_app.sync_updated", count: 2))
        }
    }

    @Test("A history that the customer keeps is told as declined")
    func declined() async throws {
        try await withOwner { store, seeded in
            try await store.write { tx in
                try tx.businessAppSyncs.open(
                    Self.number, waba: sampleWABA, partner: seeded.partner, onboardedAt: tx.now)
            }
            try await store.apply(Self.history(#""errors":[{"code":2593109}]"#, at: 1))
            let event = try #require(try await store.events().first)
            #expect(event.dataJSON.contains(#""state":"declined""#))
        }
    }

    @Test("What the tester wrote and what became of our message wakes the run that waits", arguments: TestEngine.all)
    func testMessage(engine: TestEngine) async throws {
        try await withOwner(engine) { store, seeded in
            let run = try await store.seedRun(of: seeded, isProven: true)
            _ = try await store.write {
                try $0.testMessages.open(run, number: Self.number, recipient: "+1 650 555 1234")
            }
            let inbound = change(
                "messages",
                #"{"metadata":{"phone_number_id":"106540352242922"},"messages":[{"id":"wamid.in","from":"16505551234","#
                    + #""timestamp":"1764000000","type":"text","text":{"body":"secret words"}}]}"#)
            #expect(try await store.apply(notification(time: nil, inbound)) == [.applied])
            #expect(try await store.isAwake(run))
            #expect(try await store.read { try $0.testMessages.find(run)?.inboundAt } != nil)
            // Before the intent nothing of ours can be meant.
            try await store.apply(notification(time: nil, status("delivered", of: "wamid.old")))
            try await store.write { try $0.testMessages.setIntended(run) }
            try await store.apply(notification(time: nil, status("delivered", of: "wamid.1")))
            try await store.apply(notification(time: nil, status("sent", of: "wamid.1")))
            try await store.apply(notification(time: nil, status("delivered", of: "wamid.2", recipient: "49301234567")))
            let test = try #require(try await store.read { try $0.testMessages.find(run) })
            #expect(test.statuses == ["wamid.1": .init(status: "delivered")])
        }
    }

    @Test("The 24 hours are told of when 6 are left and when they are over, once each")
    func deadline() async throws {
        try await withTestStore { world async throws in
            let store = world.store
            let seeded = try await store.seedPartner()
            try await store.seedWABA(of: seeded)
            try await store.write { tx in
                try tx.businessAppSyncs.open(
                    Self.number, waba: sampleWABA, partner: seeded.partner, onboardedAt: tx.now)
                try tx.businessAppSyncs.setRequested(Self.number, .contacts, requestID: "r1")
                try tx.work.enqueue(kind: WorkKind.watchDeadlines, key: DeadlineWatcher.key, dueAt: tx.now)
            }
            let node = NodeID(at: world.clock.now())
            try await store.write { try $0.nodes.beat(node, lease: .seconds(30)) }
            for _ in 0..<30 {
                let work = try await store.claimWork(
                    kinds: [WorkKind.watchDeadlines], limit: 1, node: node, lease: .seconds(30))
                for item in work { try await DeadlineWatcher(store: store).run(item) }
                world.clock.advance(by: .hours(1))
            }
            let told = try await store.events().map(\.dataJSON).sorted()
            #expect(told.count == 2)
            #expect(told.contains { $0.contains(#""state":"due_soon""#) && $0.contains(#""sync":"history""#) })
            #expect(told.contains { $0.contains(#""state":"missed""#) && $0.contains("24 hours") })
            let syncs = try await store.read { try $0.businessAppSyncs.of(Self.number) }
            #expect(syncs.map(\.state) == [.requested, .missed])
        }
    }
}
