// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPTypes
import SQLEngine
import Services
import SinchAPI
import Store
import TestSupport
import Testing

/// What reaches a webhook. Source: Sinch, Webhooks: delivery and signature headers.
@Suite struct SinchDeliveryTests {
    /// The bodies of all deliveries, oldest first.
    private static func bodies(_ stage: SinchStage) async throws -> [String] {
        try await stage.world.store.read { tx in
            try tx.sql.query("SELECT body FROM delivery ORDER BY created_at, id", []).map {
                String(decoding: try $0.blob("body"), as: UTF8.self)
            }
        }
    }

    private static func types(_ bodies: [String]) -> [String] {
        bodies.compactMap { body in
            let json = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
            return json?["type"] as? String
        }
    }

    @Test func `a delivery shows the whole sender as it stands`() async throws {
        try await SinchStage.run { stage in
            try await stage.webhook()
            try await stage.addNumber()
            let dto = try await stage.call(.get, "/whatsapp/senders/{sender}").text
            let body = try #require(
                try await Self.bodies(stage).first { $0.contains("WHATSAPP_SENDER_PENDING_VERIFICATION") })
            #expect(canonical(body) == canonical(#"{"type":"WHATSAPP_SENDER_PENDING_VERIFICATION","payload":\#(dto)}"#))
        }
    }

    @Test func `a comment stands beside the payload`() async throws {
        try await SinchStage.run { stage in
            try await stage.webhook(triggers: #""WHATSAPP_ACCOUNT_COMMENT_ADDED""#)
            try await stage.createAccount()
            _ = try await stage.call(.post, "/whatsapp/comments", #"{"comment": "Please hurry"}"#)
            let dto = try await stage.call(.get, "/whatsapp").text
            let bodies = try await Self.bodies(stage)
            #expect(
                bodies.map(canonical) == [
                    canonical(
                        #"{"type":"WHATSAPP_ACCOUNT_COMMENT_ADDED","payload":\#(dto),"comment":"Please hurry"}"#)
                ])
        }
    }

    /// Found by the walk through all doors: each word about a WABA told its senders active once more.
    @Test func `what is active already is not told again`() async throws {
        try await SinchStage.run { stage in
            try await stage.webhook(triggers: #""WHATSAPP_SENDER_ACTIVE", "WHATSAPP_SENDER_INACTIVE""#)
            try await stage.onboard()
            let seeded = stage.world.acme.seeded
            func publish(_ type: EventType, _ key: String) async throws {
                // Deliveries of one millisecond have no order.
                stage.world.clock.advance(by: .seconds(1))
                _ = try await stage.world.store.write { tx in
                    try tx.publish(
                        EventDraft(
                            type: type, partnerID: seeded.partner, customerID: seeded.customer,
                            wabaID: SinchStage.waba, dedupeKey: key))
                }
            }
            try await publish(.wabaReviewUpdated, "1")
            try await publish(.wabaReviewUpdated, "2")
            #expect(Self.types(try await Self.bodies(stage)) == ["WHATSAPP_SENDER_ACTIVE"])
            try await stage.world.store.write { try $0.wabas.setState(.restricted, of: SinchStage.waba) }
            try await publish(.wabaRestricted, "3")
            try await stage.world.store.write { try $0.wabas.setState(.live, of: SinchStage.waba) }
            try await publish(.wabaReviewUpdated, "4")
            #expect(
                Self.types(try await Self.bodies(stage)) == [
                    "WHATSAPP_SENDER_ACTIVE", "WHATSAPP_SENDER_INACTIVE", "WHATSAPP_SENDER_ACTIVE",
                ])
        }
    }

    @Test func `a webhook gets its triggers and no others, ALL gets all`() async throws {
        try await SinchStage.run { stage in
            try await stage.webhook(1, triggers: #""WHATSAPP_SENDER_INACTIVE""#)
            try await stage.onboard()
            _ = try await stage.call(.delete, "/whatsapp/senders/{sender}")
            #expect(Self.types(try await Self.bodies(stage)) == ["WHATSAPP_SENDER_INACTIVE"])
        }
    }

    @Test func `a sender whose 30 days are over is gone, and told with a reduced payload`() async throws {
        try await SinchStage.run { stage in
            try await stage.webhook(1, triggers: #""WHATSAPP_SENDER_DELETED""#)
            try await stage.onboard()
            _ = try await stage.call(.delete, "/whatsapp/senders/{sender}")
            stage.world.clock.advance(by: .days(30))
            #expect(try await stage.call(.get, "/whatsapp/senders/{sender}").errorCode == "sender_not_found")
            let project = try #require(
                try await stage.world.store.read { try $0.projects.find(ProjectID(stage.client.project)) })
            let id = SenderID(stage.id("sender"))
            try await stage.world.store.write { tx in
                let sender = try #require(try tx.senders.find(id))
                try tx.projects.note(.deleted, of: sender, in: project)
            }
            let body = try #require(try await Self.bodies(stage).last)
            #expect(
                canonical(body)
                    == canonical(
                        """
                        {"type": "WHATSAPP_SENDER_DELETED", "payload": {"id": "\(id)", "region": "UNRECOGNIZED",
                         "metaLocalStorage": "UNRECOGNIZED", "cloudApi": false, "businessManager": "SINCH_UK",
                         "compatibleRegions": []}}
                        """))
        }
    }

    /// HMAC-SHA256 over `{}.01EAW2BNWCG9DC13RS582V0ZQ3.1592227387` style text, recomputed with the sent nonce and time.
    @Test func `an attempt carries the four signature headers`() throws {
        let secret = OtherSecret("s3cret")
        let now = Timestamp(seconds: 1_592_227_387)
        let headers = SinchFormat().signature(of: Array("{}".utf8), secret: secret, at: now)
        #expect(
            headers.keys.sorted() == [
                "x-sinch-webhook-signature", "x-sinch-webhook-signature-algorithm", "x-sinch-webhook-signature-nonce",
                "x-sinch-webhook-signature-timestamp",
            ])
        #expect(headers["x-sinch-webhook-signature-algorithm"] == "HmacSHA256")
        #expect(headers["x-sinch-webhook-signature-timestamp"] == "1592227387")
        let nonce = try #require(headers["x-sinch-webhook-signature-nonce"])
        #expect(nonce.count == 26)
        #expect(headers["x-sinch-webhook-signature"] == SinchSignature.of("{}.\(nonce).1592227387", key: "s3cret"))
        // Source: computed with OpenSSL: printf '{}.01EAW2BNWCG9DC13RS582V0ZQ3.1592227387' | openssl dgst -sha256 -hmac s3cret
        #expect(
            SinchSignature.of("{}.01EAW2BNWCG9DC13RS582V0ZQ3.1592227387", key: "s3cret")
                == "QC7sPJRb93GxDq3djhTxO5mN/09UXFYcklSAW8wxdt4=")
    }
}
