// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import GangwayServer
import TestSupport
import Testing

/// A partner that knows Sinch's API and nothing of us. Source: Sinch, "Embedded Signup for creating a WhatsApp Sender";
/// seed 004 (its three calls, host and credentials replaced).
struct SinchJourneyTests {
    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `a code becomes an active sender, told by a signed webhook`(_ database: ServerDatabase) async throws {
        try await WebhookReceiver.with { receiver in
            try await LocalServer.with(database) { server in
                let sinch = try #require(server.credentials.sinch)
                let client = try await Self.client(of: server, sinch)
                let project = "/v1/projects/\(sinch.projectID)"
                let _: AnyAnswer = try await client.post(
                    project + "/webhooks",
                    #"{"target": "\#(receiver.url)", "secret": "s3cret", "triggers": ["WHATSAPP_SENDER_ACTIVE"]}"#)
                let signup = try await server.sandbox.signUp()
                let sender: Sender = try await client.post(
                    project + "/whatsapp/senders",
                    #"""
                    {"wabaId": "\#(signup.waba_id)", "phoneNumberId": "\#(signup.phone_number_id)",
                     "authenticationCode": "\#(signup.code ?? "")", "region": "EU"}
                    """#)
                #expect(sender.state == nil && sender.changes?.status == "IN_PROGRESS")

                let told = try await receiver.next()
                try Self.check(told)
                let body = try JSONDecoder().decode(Delivery.self, from: Data(told.body))
                #expect(body.type == "WHATSAPP_SENDER_ACTIVE")
                #expect(body.payload.id == sender.id && body.payload.state == "ACTIVE")
                let account: Account = try await client.get(project + "/whatsapp")
                #expect(account.state == "ONBOARDED" && account.wabaId == signup.waba_id)
                try await Self.seed(server, sinch, client, project)
            }
        }
    }

    /// The calls of seed 004.
    private static func seed(
        _ server: LocalServer, _ sinch: Credentials.Sinch, _ client: Caller, _ project: String
    ) async throws {
        let _: AnyAnswer = try await client.put(project + "/whatsapp/enableTemplateAnalytics", "")
        let signup = try await server.sandbox.signUp()
        let code = #"{"facebookCode": "\#(signup.code ?? "")"}"#
        await #expect(throws: Caller.Refused.self, "the operator has not allowed it") {
            let _: LongLived = try await client.post(project + "/whatsapp/longLivedAccessToken", code)
        }
        let _: AnyAnswer = try await server.operator.put(
            "/api/v1/partners/\(server.credentials.partner.id)/long_lived_tokens", "")
        let token: LongLived = try await client.post(project + "/whatsapp/longLivedAccessToken", code)
        let details: Details = try await client.post(
            project + "/whatsapp/wabaDetails", #"{"facebookToken": "\#(token.longLivedAccessToken)"}"#)
        #expect(details.wabas.map(\.id) == [signup.waba_id])
        #expect(details.wabas.first?.numbers.first?.provisioned == false)
    }

    private static func client(of server: LocalServer, _ sinch: Credentials.Sinch) async throws -> Caller {
        let secret = sinch.keySecret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let token: Token = try await Caller(baseURL: server.credentials.baseURL).post(
            "/oauth2/token", "grant_type=client_credentials&client_id=\(sinch.keyID)&client_secret=\(secret)",
            type: "application/x-www-form-urlencoded")
        return Caller(baseURL: server.credentials.baseURL, key: token.access_token)
    }

    /// As the vendor's SDK does it: body, nonce and timestamp, joined by dots.
    private static func check(_ request: WebhookReceiver.Request) throws {
        let nonce = try #require(request.headers["x-sinch-webhook-signature-nonce"])
        let timestamp = try #require(request.headers["x-sinch-webhook-signature-timestamp"])
        let code = HMAC<SHA256>.authenticationCode(
            for: request.body + Array(".\(nonce).\(timestamp)".utf8), using: SymmetricKey(data: Data("s3cret".utf8)))
        #expect(request.headers["x-sinch-webhook-signature"] == Data(code).base64EncodedString())
        #expect(request.headers["x-sinch-webhook-signature-algorithm"] == "HmacSHA256")
        // Ours stand beside them: who wants to may verify those.
        #expect(request.headers["webhook-signature"] != nil)
    }

    private struct Token: Decodable { let access_token: String }
    private struct LongLived: Decodable { let longLivedAccessToken: String }
    private struct Account: Decodable {
        let state: String?
        let wabaId: String?
    }
    private struct Sender: Decodable {
        struct Changes: Decodable { let status: String }
        let id: String
        let state: String?
        let changes: Changes?
    }
    private struct Delivery: Decodable {
        let type: String
        let payload: Sender
    }
    private struct Details: Decodable {
        struct WABA: Decodable {
            struct Number: Decodable { let provisioned: Bool }
            let id: String
            let numbers: [Number]
        }
        let wabas: [WABA]
    }
}
