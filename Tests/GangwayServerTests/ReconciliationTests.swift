// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// Every kind of drift is produced at the simulator, found, and repaired where that is safe.
@Suite(.serialized, .timeLimit(.minutes(3))) struct ReconciliationTests {
    @Test(arguments: ServerDatabase.all)
    func `what changed at Meta behind our back is found once, by its kind, and what is safe is repaired`(
        _ database: ServerDatabase
    ) async throws {
        try await LocalServer.with(database) { server in
            try await WebhookReceiver.with { receiver in
                receiver.answer { WebhookReceiver.Answer(200, body: Self.challenge(in: $0.path)) }
                let expected = try await drift(server, callback: receiver.url)
                let found = try await server.reconcile()
                #expect(found.state == "finished", "\(found)")
                let drifts = try await server.drift(of: found)
                #expect(Set(drifts.map(\.text)) == Set(expected))
                #expect(drifts.count == expected.count)
                #expect(drifts.allSatisfy { $0.repair == "none" })
                #expect(found.checked == found.records && found.listed == found.records + 2)
                #expect(found.drift == Dictionary(grouping: drifts, by: \.kind).mapValues(\.count))

                let repaired = try await server.reconcile(repair: true)
                let mended = try await server.drift(of: repaired).filter { $0.repair != "none" }
                #expect(Set(mended.map(\.kind)) == ["unsubscribed", "override_lost", "token_dead"])
                #expect(mended.allSatisfy { $0.repair == "repaired" }, "\(mended)")
                #expect(repaired.repaired == 3)

                let after = try await server.reconcile()
                #expect(Set(after.drift.keys) == ["token_expiring", "missing_here", "foreign"])
            }
        }
    }

    /// Returns `kind waba_id` of everything that is wrong now.
    private func drift(_ server: LocalServer, callback: String) async throws -> [String] {
        let none = try await server.onboard()
        #expect(none.run.state == "live", "\(none.run)")
        let unsubscribed = try await server.onboard().signup
        let _: AnyAnswer = try await server.graph.delete("/\(unsubscribed.waba_id)/subscribed_apps")
        let overridden = try await server.onboard(
            members: #", "options": {"callback": {"uri": "\#(callback)", "verify_token": "sesame"}}"#)
        #expect(overridden.run.state == "live", "\(overridden.run)")
        // Meta's trap: an empty subscription takes the override away. Source: pitfall P1.
        let _: AnyAnswer = try await server.graph.post("/\(overridden.signup.waba_id)/subscribed_apps", "{}")
        let silent = try await server.onboard().signup
        let _: AnyAnswer = try await server.graph.post("/\(silent.phone_number_id)/deregister", "{}")
        let dead = try await server.onboard().signup
        try await server.sandbox.emit(#"{"event": "password_changed", "waba_id": "\#(dead.waba_id)"}"#)
        let ending = try await server.onboard(#"{"token_expires_in": 259200}"#).signup
        let business = "7700112233445566"
        let missing = try await server.sandbox.signUp(#"{"flow": "hosted", "business": {"id": "\#(business)"}}"#)
        let _: AnyAnswer = try await server.operator.post(
            "/api/v1/partners/\(server.credentials.partner.id)/businesses", #"{"business_id": "\#(business)"}"#)
        let foreign = try await server.sandbox.signUp(#"{"flow": "hosted"}"#)
        return [
            "unsubscribed \(unsubscribed.waba_id)", "override_lost \(overridden.signup.waba_id)",
            "number_disconnected \(silent.waba_id)", "token_dead \(dead.waba_id)", "token_expiring \(ending.waba_id)",
            "missing_here \(missing.waba_id)", "foreign \(foreign.waba_id)",
        ]
    }

    @Test(arguments: ServerDatabase.all)
    func `a customer who left without a word is found, recorded and told of, and the line that stays is shown`(
        _ database: ServerDatabase
    ) async throws {
        try await LocalServer.with(database, change: { $0.publicURL = Self.nowhere }) { server in
            let stays = try await server.onboard().signup
            let left = try await server.onboard().signup
            try await server.sandbox.emit(#"{"event": "PARTNER_REMOVED", "waba_id": "\#(left.waba_id)"}"#)
            let expected: Set = ["orphaned \(left.waba_id)", "credit_still_shared \(left.waba_id)"]
            let found = try await server.reconcile()
            #expect(try await Set(server.drift(of: found).map(\.text)) == expected)
            #expect(try await state(of: left.waba_id, server) == "live", "found, not repaired")

            let repaired = try await server.reconcile(repair: true)
            let drifts = try await server.drift(of: repaired)
            #expect(Set(drifts.map { "\($0.kind) \($0.repair)" }) == ["orphaned repaired", "credit_still_shared none"])
            #expect(try await state(of: left.waba_id, server) == "disconnected")
            #expect(try await state(of: stays.waba_id, server) == "live")
            let events: ListAnswer<EventAnswer> = try await server.partner.get(
                "/api/v1/events?type=whatsapp.waba.disconnected")
            #expect(events.data.map(\.data.waba_id) == [left.waba_id])

            let after = try await server.reconcile()
            #expect(try await server.drift(of: after).map(\.text) == ["credit_still_shared \(left.waba_id)"])
        }
    }

    @Test func `an outage makes it repeat, and a WABA that stays silent is told of`() async throws {
        try await LocalServer.with(.sqlite) { server in
            for _ in 0..<3 { _ = try await server.onboard() }
            let silent = try await server.onboard().signup
            try await server.sandbox.addFault(
                #"{"operation": "list_client_wabas", "times": 2, "status": 500, "code": 2}"#)
            try await server.sandbox.addFault(
                #"{"match": {"operation": "read_waba", "id": "\#(silent.waba_id)"}, "times": 1000, "status": 500, "code": 2}"#
            )
            let run = try await server.reconcile()
            #expect(run.state == "finished" && run.checked == 4, "\(run)")
            let drifts = try await server.drift(of: run)
            #expect(drifts.map(\.text) == ["unchecked \(silent.waba_id)"])
            #expect(drifts.first?.detail?.contains("error 2") == true)
        }
    }

    @Test func `Meta's hourly limit makes it wait, one at a time is let in, and it can be ended`() async throws {
        try await LocalServer.with(.sqlite) { server in
            _ = try await server.onboard()
            try await server.sandbox.addFault(#"{"operation": "read_waba", "times": 50, "code": 4}"#)
            let begun: ReconciliationAnswer = try await server.operator.post("/api/v1/reconciliations", "{}")
            let refused = await #expect(throws: Caller.Refused.self) {
                let _: AnyAnswer = try await server.operator.post("/api/v1/reconciliations", "{}")
            }
            #expect(refused?.status == 409 && refused?.description.contains(begun.id) == true)
            try await server.activity.until {
                let run: ReconciliationAnswer = try await server.operator.get("/api/v1/reconciliations/\(begun.id)")
                try #require(run.state == "running" || run.state == "waiting", "\(run)")
                return run.state == "waiting" && run.detail?.contains("error 4") == true
            }
            let cancelled: ReconciliationAnswer = try await server.operator.post(
                "/api/v1/reconciliations/\(begun.id)/cancel", "{}")
            #expect(cancelled.state == "cancelled")
            // The next one may begin at once.
            let _: ReconciliationAnswer = try await server.operator.post("/api/v1/reconciliations", "{}")
        }
    }

    /// Nothing listens there.
    static let nowhere = "http://127.0.0.1:9"

    /// Source: Meta, webhooks, verification requests.
    static func challenge(in path: String) -> String {
        URLComponents(string: path)?.queryItems?.first { $0.name == "hub.challenge" }?.value ?? ""
    }

    private func state(of waba: String, _ server: LocalServer) async throws -> String {
        struct Node: Decodable { let state: String }
        let node: Node = try await server.partner.get("/api/v1/wabas/\(waba)")
        return node.state
    }
}
