// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RedactionTests {
    @Test func detailsShowRequestAndAnswerWithoutSecrets() async throws {
        try await Sandbox.run { sandbox in
            let app = sandbox.app
            let customer = try await sandbox.onboard()
            _ = try await sandbox.register(customer, pin: "482913")
            _ = try await sandbox.get(
                "/v26.0/debug_token", ["input_token": customer.token, "access_token": "\(app.appID)|\(app.appSecret)"])
            _ = try await sandbox.get(
                "/v26.0/\(app.businessID)/client_whatsapp_business_accounts",
                ["limit": "1", "access_token": app.systemToken])
            let log = try await sandbox.get("/_sandbox/calls", ["details": "true"])
            let calls = log.body["data"].list
            #expect(calls.map(\.["operation"].string).contains("debug_token"))
            let exchange = Value(parsing: calls[0]["request"].string)
            #expect(exchange["client_id"].string == app.appID)
            #expect(exchange["code"].string.hasPrefix("AQ") && exchange["code"].string.count < 16)
            #expect(Value(parsing: calls[0]["answer"].string)["access_token"].string.hasPrefix("EAA"))
            #expect(Value(parsing: calls[1]["request"].string)["messaging_product"].string == "whatsapp")
            let secrets = [customer.code, customer.token, app.appSecret, app.systemToken, "482913"]
            for secret in secrets { #expect(!log.text.contains(secret), "\(secret) is shown") }
            // Without being asked for, nothing of it is there.
            let plain = try await sandbox.get("/_sandbox/calls").body["data"]
            #expect(!plain[0]["request"].exists)
        }
    }

    @Test func aBatchAndAFormAreReadThrough() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            _ = try await sandbox.get("/v26.0/\(customer.wabaID)?access_token=\(customer.token)&fields=id")
            let link = "https://example.com/?access_token=\(customer.token)&x=1"
            _ = try await sandbox.post(
                "/v26.0/\(customer.phoneNumberID)/messages",
                #"{"messaging_product":"whatsapp","to":"16505551234","type":"text","text":{"body":"\#(link)"}}"#,
                token: customer.token)
            _ = try await sandbox.post(
                "/v26.0/\(customer.phoneNumberID)/messages",
                #"{"to":"1","template":{"name":"a","language":{"code":"en_US"}}}"#, token: customer.token)
            let log = try await sandbox.get("/_sandbox/calls", ["details": "true"])
            #expect(!log.text.contains(customer.token))
            #expect(log.text.contains("en_US"))
        }
    }

    @Test func onlyTheNewestCallsKeepTheirTexts() async throws {
        try await Sandbox.run { sandbox in
            for _ in 0..<320 { _ = try await sandbox.get("/v26.0/1", token: "x") }
            let calls = try await sandbox.get("/_sandbox/calls", ["details": "true"]).body["data"].list
            #expect(calls.count == 320)
            #expect(calls.prefix(20).allSatisfy { $0["request"].isNull })
        }
    }
}
