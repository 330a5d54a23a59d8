// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GraphClient
import HTTPTypes
import OnboardingRunner
import SQLEngine
import Services
import SinchAPI
import Store
import TestSupport
import Testing

/// Durable work on senders: removal after 30 days, and changes that a crash or an unverified number held up.
/// Source: Sinch, delete sender ("stays usable 30 days, then removed"), update sender.
@Suite(.timeLimit(.minutes(5))) struct SenderKeeperTests {
    private static func keeper(_ stage: SinchStage) -> SenderKeeper {
        let graph = stage.world.graph
        return SenderKeeper(
            store: stage.world.store, directory: AppDirectory(store: stage.world.store) { _, _ in graph })
    }

    /// What is due of this kind, claimed.
    private static func due(_ stage: SinchStage) async throws -> [ClaimedWork] {
        let store = stage.world.store
        return try await store.claimWork(
            kinds: ["sender"], limit: 10, node: NodeID(at: store.clock.now()), lease: .seconds(30))
    }

    private static func isThere(_ stage: SinchStage) async throws -> Bool {
        try await stage.world.store.read { try $0.senders.find(SenderID(stage.id("sender"))) != nil }
    }

    private static func deleted(_ stage: SinchStage) async throws -> ClaimedWork {
        try await stage.webhook(triggers: #""WHATSAPP_SENDER_DELETED""#)
        try await stage.onboard()
        #expect(try await stage.call(.delete, "/whatsapp/senders/{sender}").status == 204)
        #expect(try await due(stage).isEmpty, "nothing is due for 30 days")
        stage.world.clock.advance(by: .days(30))
        return try #require(try await due(stage).first)
    }

    @Test func `after 30 days the number is deregistered, and the sender told as deleted`() async throws {
        try await SinchStage.run { stage in
            let work = try await Self.deleted(stage)
            stage.world.graph.answer("deregister", with: .json(#"{"success": true}"#))
            try await Self.keeper(stage).run(work)
            #expect(stage.world.graph.calls == ["deregister"])
            #expect(try await !Self.isThere(stage))
            let partner = stage.world.acme.partner
            let number = try await stage.world.store.read { try $0.phoneNumbers.find(SinchStage.number, of: partner) }
            #expect(number?.facts.isConnected == false)
            let body = try await stage.world.store.read { tx in
                try tx.sql.query("SELECT body FROM delivery", []).map {
                    String(decoding: try $0.blob("body"), as: UTF8.self)
                }
            }
            #expect(body.count == 1 && body[0].hasPrefix(#"{"type":"WHATSAPP_SENDER_DELETED""#), "\(body)")
            stage.world.clock.advance(by: .days(1))
            #expect(try await Self.due(stage).isEmpty, "the work is done")
        }
    }

    @Test func `a number that Meta no longer knows as ours needs no goodbye`() async throws {
        try await SinchStage.run { stage in
            let work = try await Self.deleted(stage)
            stage.fail("deregister", .refusal("deregister"))
            try await Self.keeper(stage).run(work)
            #expect(try await !Self.isThere(stage))
        }
    }

    @Test func `while Meta is silent the sender stays, and the work is tried again`() async throws {
        try await SinchStage.run { stage in
            let work = try await Self.deleted(stage)
            stage.fail("deregister", .silence("deregister"))
            await #expect(throws: GraphError.self) { try await Self.keeper(stage).run(work) }
            #expect(try await Self.isThere(stage))
        }
    }

    @Test func `a submitted profile that a crash held up is brought to Meta, and removal keeps its date`() async throws
    {
        try await SinchStage.run { stage in
            try await stage.onboard()
            let id = SenderID(stage.id("sender"))
            // As `update` leaves it when the process dies before Meta has answered.
            try await stage.world.store.write { tx in
                var sender = try #require(try tx.senders.find(id))
                sender.pending = Sender.Pending(status: .inProgress, changes: SenderChanges([.about: "Seeds"]))
                sender.removalAt = tx.now + .days(3)
                try tx.senders.save(sender)
                try tx.work.enqueue(kind: "sender", key: id.rawValue, dueAt: tx.now)
            }
            stage.planNumbers()
            let work = try #require(try await Self.due(stage).first)
            try await Self.keeper(stage).run(work)
            #expect(stage.world.graph.calls == ["update_profile"])
            let sender = try await stage.world.store.read { try $0.senders.find(id) }
            #expect(sender?.pending == nil && sender?.profile[.about] == "Seeds")
            #expect(try await Self.due(stage).isEmpty)
            stage.world.clock.advance(by: .days(3))
            #expect(try await Self.due(stage).map(\.key) == [id.rawValue])
        }
    }

    @Test func `what Meta refuses of a profile is told as rejected`() async throws {
        try await SinchStage.run { stage in
            try await stage.onboard()
            let id = SenderID(stage.id("sender"))
            try await stage.world.store.write { tx in
                var sender = try #require(try tx.senders.find(id))
                sender.pending = Sender.Pending(status: .inProgress, changes: SenderChanges([.about: "Seeds"]))
                try tx.senders.save(sender)
                try tx.work.enqueue(kind: "sender", key: id.rawValue, dueAt: tx.now)
            }
            stage.fail("update_profile", .refusal("update_profile", subcode: nil))
            try await Self.keeper(stage).run(try #require(try await Self.due(stage).first))
            let shown = try await stage.call(.get, "/whatsapp/senders/{sender}")
            let changes = shown.json["changes"] as? [String: Any]
            #expect(
                changes?["status"] as? String == "REJECTED" && changes?["errorReason"] as? String == "(#100) refused")
            #expect(try await Self.due(stage).isEmpty)
        }
    }

    @Test func `work that crashed too often is given up and written down`() async throws {
        try await SinchStage.run { stage in
            let work = try await Self.deleted(stage)
            try await Self.keeper(stage).giveUp(work)
            #expect(try await Self.isThere(stage))
            stage.world.clock.advance(by: .days(1))
            #expect(try await Self.due(stage).isEmpty)
            let actions = try await stage.world.store.read { tx in
                try tx.activities.page(of: nil, PageRequest(limit: 100)).items.map(\.action)
            }
            #expect(actions.contains("sender.given_up"))
        }
    }

    @Test func `work on a sender that is gone does nothing`() async throws {
        try await SinchStage.run { stage in
            try await stage.world.store.write { tx in
                try tx.work.enqueue(kind: "sender", key: "018c0000-0000-7000-8000-000000000000", dueAt: tx.now)
            }
            try await Self.keeper(stage).run(try #require(try await Self.due(stage).first))
            #expect(stage.world.graph.calls.isEmpty)
            stage.world.clock.advance(by: .days(1))
            #expect(try await Self.due(stage).isEmpty)
        }
    }
}
