// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// An account that Sinch's client creates itself, without a signup code, to its first sender. Source: Sinch, "Partner-initiated
/// WABA and Sender Creation".
@Suite(.timeLimit(.minutes(5)))
struct SinchAccountJourneyTests {
    private struct Account: Decodable {
        struct Changes: Decodable { let status: String }
        let state: String?
        let wabaId: String?
        let changes: Changes?
    }
    private struct Sender: Decodable {
        let id: String
        let state: String?
        let phoneNumber: String?
    }
    private struct Senders: Decodable { let senders: [Sender] }
    private struct Sent: Decodable { let verificationCodeSent: Bool }
    private struct Token: Decodable { let access_token: String }

    private static let business = "7700112233445588"

    @Test(arguments: ServerDatabase.all)
    func `its business shares the WABA, and the number that came with it is the first sender`(
        _ database: ServerDatabase
    ) async throws {
        try await LocalServer.with(database) { server in
            try await WebhookReceiver.with { receiver in
                let (client, project) = try await begin(server, receiver)
                let signup = try await server.sandbox.signUp(
                    #"{"flow": "hosted", "business": {"id": "\#(Self.business)"}}"#)
                let told = try await news(of: ["WHATSAPP_ACCOUNT_ONBOARDED", "WHATSAPP_SENDER_ACTIVE"], receiver)
                #expect(told.allSatisfy { $0.contains(signup.waba_id) || $0.contains(signup.number.suffix(10)) })
                let account: Account = try await client.get(project)
                #expect(account.state == "ONBOARDED" && account.wabaId == signup.waba_id)
                let list: Senders = try await client.get(project + "/senders")
                #expect(list.senders.map(\.state) == ["ACTIVE"])
            }
        }
    }

    @Test(arguments: ServerDatabase.all)
    func `without a number the account stands, and a sender brings the first one`(_ database: ServerDatabase)
        async throws
    {
        try await LocalServer.with(database) { server in
            try await WebhookReceiver.with { receiver in
                let (client, project) = try await begin(server, receiver)
                let _: AnyAnswer = try await Caller(baseURL: server.credentials.graphURL).post(
                    "/_sandbox/signups",
                    #"{"flow": "hosted", "business": {"id": "\#(Self.business)"}, "with_number": false}"#)
                _ = try await news(of: ["WHATSAPP_ACCOUNT_ONBOARDED"], receiver)
                let sender: Sender = try await client.post(
                    project + "/senders",
                    #"""
                    {"phoneNumberProvider": "CUSTOMER",
                     "details": {"displayName": "Lucky Shrub", "vertical": "OTHER", "countryCode": "49",
                                 "phoneNumber": "15112345673", "about": "Plants"}}
                    """#)
                #expect(sender.state == "PENDING_VERIFICATION")
                let own = project + "/senders/\(sender.id)"
                let sent: Sent = try await client.post(own + "/register", #"{"method": "SMS"}"#)
                #expect(sent.verificationCodeSent)
                await #expect(throws: Caller.Refused.self, "wrong_otp") {
                    let _: AnyAnswer = try await client.post(own + "/verify", #"{"code": "000000"}"#)
                }
                let _: AnyAnswer = try await client.post(own + "/verify", #"{"code": "345673"}"#)
                let told = try await news(of: ["WHATSAPP_SENDER_ACTIVE"], receiver)
                #expect(told[0].contains(sender.id))
                let shown: Sender = try await client.get(own)
                #expect(shown.state == "ACTIVE" && shown.phoneNumber == "15112345673")
            }
        }
    }

    /// Creates the account, and the operator approves its business.
    private func begin(_ server: LocalServer, _ receiver: WebhookReceiver) async throws -> (Caller, String) {
        let sinch = try #require(server.credentials.sinch)
        let secret = sinch.keySecret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let token: Token = try await Caller(baseURL: server.credentials.baseURL).post(
            "/oauth2/token", "grant_type=client_credentials&client_id=\(sinch.keyID)&client_secret=\(secret)",
            type: "application/x-www-form-urlencoded")
        let client = Caller(baseURL: server.credentials.baseURL, key: token.access_token)
        let project = "/v1/projects/\(sinch.projectID)/whatsapp"
        let _: AnyAnswer = try await client.post(
            "/v1/projects/\(sinch.projectID)/webhooks",
            #"{"target": "\#(receiver.url)", "secret": "s3cret", "triggers": ["ALL"]}"#)
        let created: Account = try await client.post(
            project,
            #"""
            {"wabaName": "Lucky Shrub", "clientBusinessManagerId": "\#(Self.business)",
             "senderDetails": {"displayName": "Lucky Shrub", "businessCategory": "OTHER"}}
            """#)
        #expect(created.state == nil && created.changes?.status == "IN_PROGRESS")
        let _: AnyAnswer = try await server.operator.post(
            "/api/v1/partners/\(server.credentials.partner.id)/businesses", #"{"business_id": "\#(Self.business)"}"#)
        return (client, project)
    }

    /// Waits until each of these was told, in whatever order; the test's time limit ends the waiting.
    private func news(of types: [String], _ receiver: WebhookReceiver) async throws -> [String] {
        var (left, found) = (Set(types), [String]())
        while !left.isEmpty {
            let text = try await receiver.next().text
            guard let type = left.first(where: { text.hasPrefix(#"{"type":"\#($0)""#) }) else { continue }
            left.remove(type)
            found.append(text)
        }
        return found
    }
}
