// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: Meta, subscribed_apps and webhook overrides; reference sections 7.4 and 10.
@Suite(.timeLimit(.minutes(1)))
struct SubscriptionTests {
    private static func override(_ url: String, _ token: String = "meatyhamhock") -> String {
        #"{"override_callback_uri":"\#(url)","verify_token":"\#(token)"}"#
    }

    @Test func anOverrideBeforeTheSubscriptionIsRefused() async throws {
        try await Sandbox.run(calling: WebhookReceiver()) { sandbox, url in
            let customer = try await sandbox.onboard()
            let answer = try await sandbox.post(
                "/v26.0/\(customer.wabaID)/subscribed_apps", Self.override(url), token: customer.token)
            #expect(answer.errorCode == 100)
            #expect(answer.body["error"]["message"].string.hasPrefix("(#100) Before override the current callback uri"))
        }
    }

    @Test func anEmptySubscriptionTakesTheOverrideAway() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, url in
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(customer.wabaID)/subscribed_apps"
            #expect(try await sandbox.post(path, token: customer.token).status == 200)
            let set = try await sandbox.post(path, Self.override(url), token: customer.token)
            #expect(set.status == 200)
            #expect(receiver.handshakes == 1)
            let listed = try await sandbox.get(path, token: customer.token).body["data"][0]
            #expect(listed["override_callback_uri"].string == url)
            #expect(listed["whatsapp_business_api_data"].keys == ["id", "link", "name"])
            #expect(try await sandbox.post(path, token: customer.token).status == 200)
            let bare = try await sandbox.get(path, token: customer.token).body["data"][0]
            #expect(!bare["override_callback_uri"].exists)
            #expect(try await sandbox.delete(path, token: customer.token).status == 200)
            #expect(try await sandbox.get(path, token: customer.token).text == #"{"data":[]}"#)
        }
    }

    @Test func aCallbackThatFailsTheHandshakeChangesNothing() async throws {
        try await Sandbox.run(calling: WebhookReceiver()) { sandbox, url in
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(customer.wabaID)/subscribed_apps"
            #expect(try await sandbox.post(path, token: customer.token).status == 200)
            let wrong = try await sandbox.post(path, Self.override(url, "wrong"), token: customer.token)
            #expect(wrong.errorCode == 2200)
            #expect(wrong.body["error"]["message"].string.contains("HTTP Status Code = 403"))
            let closed = try await sandbox.post(
                path, Self.override("http://127.0.0.1:1/hook"), token: customer.token)
            #expect(closed.errorCode == 2200)
            let long = try await sandbox.post(
                path, Self.override(url + "?" + String(repeating: "x", count: 200)), token: customer.token)
            #expect(long.errorCode == 100)
            let listed = try await sandbox.get(path, token: customer.token).body["data"]
            #expect(listed.list.count == 1)
            #expect(!listed[0]["override_callback_uri"].exists)
        }
    }

    @Test func theAppsOwnCallbackIsSetWithItsOwnToken() async throws {
        let receiver = WebhookReceiver()
        try await receiver.run { url in
            try await Sandbox.run { sandbox in
                let path = "/v26.0/\(sandbox.app.appID)/subscriptions"
                let token = "\(sandbox.app.appID)|\(sandbox.app.appSecret)"
                let query = [
                    "object": "whatsapp_business_account", "callback_url": url, "verify_token": receiver.verifyToken,
                    "fields": "account_update,messages",
                ]
                #expect(try await sandbox.post(path, query: query, token: sandbox.app.systemToken).errorCode == 15)
                let bad = try await sandbox.post(
                    path, query: query.merging(["fields": "nonsense"]) { $1 }, token: token)
                #expect(bad.errorCode == 100)
                #expect(receiver.handshakes == 0)
                #expect(try await sandbox.post(path, query: query, token: token).status == 200)
                #expect(receiver.handshakes == 1)
                let listed = try await sandbox.get(path, token: token).body["data"][0]
                #expect(listed["callback_url"].string == url)
                #expect(listed["fields"].list.map(\.["name"].string) == ["account_update", "messages"])
                _ = try await sandbox.signUp()
                // business_capability_update is not among the fields: what comes next is the next signup's.
                _ = try await sandbox.signUp()
                let names = await receiver.take(4).map(\.name).sorted()
                #expect(
                    names == ["PARTNER_ADDED", "PARTNER_ADDED", "PARTNER_APP_INSTALLED", "PARTNER_APP_INSTALLED"])
                #expect(try await sandbox.delete(path, token: token).status == 200)
                #expect(try await sandbox.get(path, token: token).body["data"].list.isEmpty)
            }
        }
    }

    @Test func aNumbersOverrideGoesBeforeItsWABAs() async throws {
        try await Sandbox.run(calling: WebhookReceiver()) { sandbox, url in
            let customer = try await sandbox.onboard()
            let apps = "/v26.0/\(customer.wabaID)/subscribed_apps"
            _ = try await sandbox.post(apps, token: customer.token)
            _ = try await sandbox.post(apps, Self.override(url + "?waba"), token: customer.token)
            let path = "/v26.0/\(customer.phoneNumberID)"
            let set = try await sandbox.post(
                path, #"{"webhook_configuration":\#(Self.override(url + "?phone"))}"#, token: customer.token)
            #expect(set.status == 200)
            let node = try await sandbox.get(path, ["fields": "webhook_configuration"], token: customer.token)
            let configuration = node.body["webhook_configuration"]
            #expect(configuration["phone_number"].string == url + "?phone")
            #expect(configuration["whatsapp_business_account"].string == url + "?waba")
            #expect(configuration["application"].string == url)
        }
    }
}
