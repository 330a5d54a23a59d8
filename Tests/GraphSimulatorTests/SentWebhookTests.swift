// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: reference section 10 (batch, signature, retries) and 7.4 (override).
@Suite(.timeLimit(.minutes(1)))
struct SentWebhookTests {
    @Test func aBatchTravelsInThousands() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            _ = try await sandbox.signUp(#"{"send_webhooks":false}"#)
            let order = #"{"field":"account_alerts","event":"OBA_APPROVED","count":1500,"batch":true}"#
            #expect(try await sandbox.post("/_sandbox/webhooks", order).body["updates"].int == 1500)
            let deliveries = await receiver.take(2)
            #expect(deliveries.map(\.fields.count) == [1000, 500])
            #expect(deliveries.allSatisfy { $0.isSigned(with: sandbox.app.appSecret) })
            // One entry holds the changes of one account.
            #expect(deliveries[0].body["entry"].list.count == 1)
        }
    }

    @Test func noPostIsLargerThanThreeMegabytes() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            // Each é is six bytes on the wire.
            let text = String(repeating: "é", count: 240_000)
            let order = #"""
                {"batch":true,"count":3,"field":"account_alerts","entry_id":"2729063490586005","value":{"text":"\#(text)"}}
                """#
            _ = try await sandbox.post("/_sandbox/webhooks", order)
            let deliveries = await receiver.take(2)
            #expect(deliveries.map(\.fields.count) == [2, 1])
            #expect(deliveries.allSatisfy { $0.bytes.count <= 3 * 1024 * 1024 })
            let large = String(repeating: "é", count: 530_000)
            let refused = try await sandbox.post(
                "/_sandbox/webhooks", #"{"field":"account_alerts","value":{"text":"\#(large)"}}"#)
            #expect(refused.status == 400)
        }
    }

    @Test(arguments: ["signature", "body", "missing"])
    func everyForgeryFailsTheCheck(_ kind: String) async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            _ = try await sandbox.post(
                "/_sandbox/webhooks", #"{"field":"security","event":"PIN_CHANGED","forge":"\#(kind)"}"#)
            let delivery = await receiver.take(1)[0]
            #expect(!delivery.isSigned(with: sandbox.app.appSecret))
            #expect(delivery.signature.isEmpty == (kind == "missing"))
            #expect(delivery.body["object"].string == "whatsapp_business_account")
        }
    }

    @Test func whatWasSentIsListedWithItsAnswer() async throws {
        let receiver = WebhookReceiver()
        receiver.answer(503)
        try await Sandbox.run(calling: receiver) { sandbox, url in
            let order = #"{"field":"security","event":"PIN_CHANGED","set":{"requester":"Café"}}"#
            _ = try await sandbox.post("/_sandbox/webhooks", order)
            let first = await receiver.take(1)[0]
            try await sandbox.waitForFailures(1)
            try await sandbox.advance(seconds: 1)
            _ = await receiver.take(1)
            try await sandbox.waitForNoPendingWebhook()
            let list = try await sandbox.sentWebhooks(2)
            #expect(list.map(\.["status"].int) == [503, 200])
            #expect(list.map(\.["outcome"].string) == ["retrying", "delivered"])
            #expect(list.map(\.["attempt"].int) == [1, 2])
            #expect(list.allSatisfy { $0["url"].string == url && $0["fields"].strings == ["security"] })
            #expect(!list[0]["next_attempt_at"].isNull && list[1]["next_attempt_at"].isNull)
            #expect(!list[0]["body"].exists)
            let one = try await sandbox.get("/_sandbox/webhooks/\(list[0]["seq"].int ?? 0)")
            #expect(one.body["body"].string == first.text)
            #expect(one.body["signature"].string == first.signature)
            #expect(!one.text.contains(sandbox.app.appSecret))
            let failed = try await sandbox.get("/_sandbox/webhooks", ["outcome": "retrying"])
            #expect(failed.body["data"].list.count == 1)
            _ = try await sandbox.delete("/_sandbox/webhooks")
            #expect(try await sandbox.get("/_sandbox/webhooks").body["data"].list.isEmpty)
        }
    }

    /// Source: Meta, webhooks/overview (7 days, decreasing frequency); graph-api/webhooks (36 h).
    @Test(arguments: [(hours: 168, delayHours: 0, attempts: 23), (168, 200, 23), (36, 0, 12), (1, 0, 7)])
    func aCallbackThatRefusesIsCalledLessAndLessOftenUntilTheTimeIsOver(
        hours: Int, delayHours: Int, attempts: Int
    ) async throws {
        let receiver = WebhookReceiver()
        receiver.answer(Array(repeating: 503, count: 100))
        try await Sandbox.run(calling: receiver, retryMilliseconds: Int64(hours) * 3_600_000) { sandbox, _ in
            _ = try await sandbox.post("/_sandbox/clock", #"{"freeze":true}"#)
            _ = try await sandbox.post(
                "/_sandbox/webhooks",
                #"{"field":"security","event":"PIN_CHANGED","delay_ms":\#(delayHours * 3_600_000)}"#)
            if delayHours > 0 { try await sandbox.advance(seconds: delayHours * 3600) }
            let growing = [1, 5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800]
            let gaps = (growing + Array(repeating: 43_200, count: 20)).prefix(attempts - 1)
            for (index, gap) in gaps.enumerated() {
                _ = try await sandbox.sentWebhooks(index + 1)
                try await sandbox.advance(seconds: gap)
            }
            let list = try await sandbox.sentWebhooks(attempts)
            let times = list.map { $0["at_ms"].int ?? 0 }
            #expect(zip(times, times.dropFirst()).map { ($1 - $0) / 1000 } == Array(gaps))
            #expect(list.dropLast().allSatisfy { $0["outcome"].string == "retrying" })
            #expect(list.last?["outcome"].string == "given_up" && list.last?["next_attempt_at"].isNull == true)
            try await sandbox.waitForNoPendingWebhook()
        }
    }

    @Test func onlyMessagesFollowTheOverride() async throws {
        let own = WebhookReceiver()
        let override = WebhookReceiver(verifyToken: "mine")
        try await Sandbox.run(calling: own) { sandbox, _ in
            try await override.run { url in
                let customer = try await sandbox.onboard(#"{"send_webhooks":false}"#)
                let path = "/v26.0/\(customer.wabaID)/subscribed_apps"
                _ = try await sandbox.post(path, token: customer.token)
                let body = #"{"override_callback_uri":"\#(url)","verify_token":"mine"}"#
                #expect(try await sandbox.post(path, body, token: customer.token).status == 200)
                let fields = ["messages", "history", "smb_app_state_sync", "smb_message_echoes"]
                for field in fields + ["account_alerts", "message_template_quality_update"] {
                    _ = try await sandbox.post("/_sandbox/webhooks", #"{"field":"\#(field)"}"#)
                }
                #expect(await override.take(4).flatMap(\.fields) == fields)
                #expect(await own.take(2).flatMap(\.fields) == ["account_alerts", "message_template_quality_update"])
            }
        }
    }

    @Test func aFieldTheAppDidNotAskForIsNotSent() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, url in
            let app = sandbox.app
            let answer = try await sandbox.post(
                "/v26.0/\(app.appID)/subscriptions",
                query: [
                    "object": "whatsapp_business_account", "callback_url": url, "verify_token": "meatyhamhock",
                    "fields": "security", "access_token": "\(app.appID)|\(app.appSecret)",
                ])
            #expect(answer.status == 200, "\(answer.text)")
            _ = try await sandbox.post("/_sandbox/webhooks", #"{"field":"account_alerts"}"#)
            _ = try await sandbox.post("/_sandbox/webhooks", #"{"field":"security"}"#)
            #expect(await receiver.take(1)[0].fields == ["security"])
            try await sandbox.waitForNoPendingWebhook()
            #expect(try await sandbox.sentWebhooks(1).count == 1)
        }
    }
}

extension Sandbox {
    /// The log of sent webhooks once it holds so many: a POST is logged just after its answer.
    func sentWebhooks(_ count: Int) async throws -> [Value] {
        while true {
            let list = try await get("/_sandbox/webhooks").body["data"].list
            if list.count >= count { return list }
            await Task.yield()
        }
    }
}
