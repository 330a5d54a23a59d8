// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GraphClient
import HTTPTypes
import SQLEngine
import Services
import SinchAPI
import Store
import TestSupport
import Testing

/// What takes several requests to show. Source: Sinch, Provisioning API 1.2.117.
@Suite struct SinchStoryTests {
    @Test func `a list is paged forth and back, and its tokens are of this list alone`() async throws {
        try await SinchStage.run { stage in
            try await stage.fillWebhooks()
            let first = try await stage.call(.get, "/webhooks?pageSize=6")
            #expect(first.json["totalSize"] as? Int == 15)
            #expect(first.json["previousPageToken"] == nil)
            var seen = Self.ids(first)
            var page = first
            while let token = page.json["nextPageToken"] as? String {
                page = try await stage.call(.get, "/webhooks?pageSize=6&pageToken=\(token)")
                seen += Self.ids(page)
            }
            #expect(seen.count == 15 && Set(seen).count == 15)
            let back = try #require(page.json["previousPageToken"] as? String)
            let middle = try await stage.call(.get, "/webhooks?pageSize=6&pageToken=\(back)")
            #expect(Self.ids(middle) == Array(seen[6..<12]))
            let again = try #require(middle.json["previousPageToken"] as? String)
            #expect(
                Self.ids(try await stage.call(.get, "/webhooks?pageSize=6&pageToken=\(again)")) == Array(seen[0..<6]))
            #expect(
                try await stage.call(.get, "/whatsapp/senders?pageToken=\(back)").errorCode == "invalid_page_token")
            for size in ["0", "16"] {
                #expect(try await stage.call(.get, "/webhooks?pageSize=\(size)").errorCode == "invalid_input")
            }
        }
    }

    private static func ids(_ answer: SinchClient.Answer) -> [String] {
        (answer.json["webhooks"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    }

    @Test func `a 16th webhook leaves nothing behind`() async throws {
        try await SinchStage.run { stage in
            try await stage.fillWebhooks()
            let body = #"{"target": "https://partner.example/hooks/16", "secret": "s", "triggers": ["ALL"]}"#
            #expect(try await stage.call(.post, "/webhooks", body).status == 424)
            let partner = stage.world.acme.partner
            #expect(try await stage.world.store.read { try $0.endpoints.all(of: partner).count } == 15)
        }
    }

    @Test func `a wrong code changes nothing, and the right one makes the sender active`() async throws {
        try await SinchStage.run { stage in
            try await stage.addNumber()
            _ = try await stage.call(.post, "/whatsapp/senders/{sender}/register", #"{"method": "SMS"}"#)
            let before = try await stage.call(.get, "/whatsapp/senders/{sender}").body
            stage.fail("verify_code", .refusal("verify_code", code: 136_025, subcode: nil))
            let wrong = try await stage.call(.post, "/whatsapp/senders/{sender}/verify", #"{"code": "000000"}"#)
            #expect(wrong.errorCode == "wrong_otp")
            #expect(try await stage.call(.get, "/whatsapp/senders/{sender}").body == before)
            #expect(!stage.world.graph.calls.contains("register"))
            stage.planNumbers()
            let right = try await stage.call(.post, "/whatsapp/senders/{sender}/verify", #"{"code": "123456"}"#)
            #expect(right.status == 204)
            let sender = try await stage.call(.get, "/whatsapp/senders/{sender}")
            #expect(sender.json["state"] as? String == "ACTIVE")
        }
    }

    @Test func `a refused registration shows as an errorCode`() async throws {
        try await SinchStage.run { stage in
            try await stage.addNumber()
            _ = try await stage.call(.post, "/whatsapp/senders/{sender}/register", #"{"method": "SMS"}"#)
            stage.fail("register", .refusal("register", code: 133_005, subcode: nil))
            let verified = try await stage.call(.post, "/whatsapp/senders/{sender}/verify", #"{"code": "123456"}"#)
            #expect(verified.status == 204)
            let sender = try await stage.call(.get, "/whatsapp/senders/{sender}")
            let changes = sender.json["changes"] as? [String: Any]
            #expect(sender.json["state"] as? String == "ERROR")
            #expect(changes?["status"] as? String == "ERROR")
            #expect(changes?["errorCode"] as? String == "CANNOT_REGISTER_TO_CLOUD_API")
        }
    }

    @Test func `an account under Meta's review says so`() async throws {
        try await SinchStage.run { stage in
            try await stage.createAccount()
            let project = ProjectID(stage.client.project)
            let seeded = stage.world.acme.seeded
            try await stage.world.store.seedWABA(SinchStage.waba, of: seeded, state: .onboarding)
            try await stage.world.store.write { tx in
                _ = try tx.wabas.setReview("PENDING", at: tx.now, of: SinchStage.waba)
                var account = try #require(try tx.senders.account(of: project))
                account.wabaID = SinchStage.waba
                try tx.senders.save(account)
            }
            let account = try await stage.call(.get, "/whatsapp")
            #expect(account.json["state"] as? String == "PENDING_FACEBOOK_VERIFICATION")
        }
    }

    @Test func `tokens of Meta leave the server only where the operator allowed it, and it is written down`()
        async throws
    {
        try await SinchStage.run { stage in
            stage.planToken()
            let body = #"{"facebookCode": "c"}"#
            let refused = try await stage.call(.post, "/whatsapp/longLivedAccessToken", body)
            #expect(refused.status == 400 && !refused.text.contains("FACEBOOK_TOKEN"))
            #expect(stage.world.graph.calls.isEmpty)
            try await stage.grantTokens()
            #expect(try await stage.call(.post, "/whatsapp/longLivedAccessToken", body).status == 201)
            let partner = stage.world.acme.partner
            let actions = try await stage.world.store.read { tx in
                try tx.activities.page(of: partner, PageRequest(limit: 100)).items.map(\.action)
            }
            #expect(actions.contains("token.handed_out") && actions.contains("grant.given"))
        }
    }

    /// Found by the conformance kit: a deleted account hid the one that the next signup brought.
    @Test func `after an account was deleted the next signup brings one again`() async throws {
        try await SinchStage.run { stage in
            try await stage.createAccount()
            #expect(try await stage.call(.delete, "/whatsapp").status == 204)
            try await stage.world.store.seedWABA(SinchStage.waba, of: stage.world.acme.seeded)
            #expect(try await stage.call(.get, "/whatsapp").errorCode == "account_not_found")
            let signup = #"{"wabaId": "102290129340398", "phoneNumberId": "6", "authenticationCode": "c"}"#
            let created = try await stage.call(.post, "/whatsapp/senders", signup)
            #expect(created.status == 201, "\(created.text)")
            #expect(try await stage.call(.get, "/whatsapp").json["state"] as? String == "ONBOARDED")
        }
    }

    @Test func `a database that fails is an internal error in Sinch's words`() async throws {
        try await SinchStage.run { stage in
            await stage.world.store.database.close()
            let answer = try await stage.call(.get, "/whatsapp")
            #expect(answer.status == 500)
            #expect(
                answer.body
                    == papi(
                        "internal_error", "Internal server error.",
                        "Please wait and try again, if the error persist please contact support."))
        }
    }
}
