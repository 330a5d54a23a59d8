// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: reference sections 10, 11 and 16; graph-examples/webhooks-*.json.
@Suite(.timeLimit(.minutes(1)))
struct WebhookTests {
    @Test func aSignupIsToldInOrderAndSigned() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            let customer = try await sandbox.signUp(#"{"display_name":"Café / Bar"}"#)
            var deliveries = await receiver.take(3)
            try await sandbox.advance(seconds: 600)
            deliveries += await receiver.take(2)
            #expect(
                deliveries.map(\.name) == [
                    "PARTNER_ADDED", "PARTNER_APP_INSTALLED", "business_capability_update", "account_review_update",
                    "phone_number_name_update",
                ])
            for delivery in deliveries {
                #expect(delivery.isSigned(with: sandbox.app.appSecret))
                #expect(!delivery.isSigned(with: "other"))
                #expect(delivery.body["object"].string == "whatsapp_business_account")
                #expect(delivery.body["entry"][0]["time"].int != nil)
            }
            #expect(deliveries[0].body["entry"][0]["id"].string == customer.businessID)
            #expect(deliveries[0].value["waba_info"]["waba_id"].string == customer.wabaID)
            #expect(deliveries[0].value["waba_info"]["owner_business_id"].string == customer.businessID)
            #expect(deliveries[3].value["decision"].string == "APPROVED")
            #expect(deliveries[4].value["rejection_reason"].isNull)
            #expect(deliveries[4].value["requested_verified_name"].string == "Café / Bar")
            // Source: Meta, webhooks overview: escaped bytes are what is signed.
            #expect(deliveries[4].text.contains(#"Caf\u00e9 \/ Bar"#))
        }
    }

    @Test func aSolutionsShareNamesTheSolutionAndBothPartners() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            let order = #"{"flow":"tech_partner","waba_id":"102290129340398","partner_added_delay_ms":60000}"#
            _ = try await sandbox.signUp(order)
            try await sandbox.advance(seconds: 60)
            let added = await receiver.take(1)[0]
            let info = added.value["waba_info"]
            #expect(info["solution_id"].string == "987654321012345")
            #expect(
                info["solution_partner_business_ids"].strings == [
                    sandbox.app.businessID, sandbox.app.partner.businessID,
                ])
            #expect(added.body["entry"][0]["id"].string == sandbox.app.businessID)
        }
    }

    @Test func aCallbackThatRefusesIsCalledAgainLessAndLessOften() async throws {
        let receiver = WebhookReceiver()
        receiver.answer(500, 503)
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            let emit = #"{"field":"account_alerts","value":{"entity_type":"BUSINESS"},"entry_id":"2729063490586005"}"#
            _ = try await sandbox.post("/_sandbox/webhooks", emit)
            let first = await receiver.take(1)[0]
            try await sandbox.waitForFailures(1)
            try await sandbox.advance(seconds: 1)
            let second = await receiver.take(1)[0]
            try await sandbox.waitForFailures(2)
            try await sandbox.advance(seconds: 5)
            let third = await receiver.take(1)[0]
            #expect(first.bytes == second.bytes && second.bytes == third.bytes)
            try await sandbox.waitForNoPendingWebhook()
        }
    }

    @Test func givesUpAfterSevenDays() async throws {
        let receiver = WebhookReceiver()
        receiver.answer(500)
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            let emit = #"{"field":"account_alerts","value":{},"entry_id":"2729063490586005"}"#
            _ = try await sandbox.post("/_sandbox/webhooks", emit)
            _ = await receiver.take(1)
            receiver.answer(500)
            try await sandbox.waitForFailures(1)
            try await sandbox.advance(seconds: 7 * 86400)
            _ = await receiver.take(1)
            try await sandbox.waitForNoPendingWebhook()
        }
    }

    @Test func changesMayBeDoubledForgedAndReordered() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            let entry = #""entry_id":"2729063490586005""#
            _ = try await sandbox.post(
                "/_sandbox/webhooks",
                #"{"field":"security","value":{"event":"PIN_CHANGED"},\#(entry),"duplicate":true}"#)
            let twins = await receiver.take(2)
            #expect(twins[0].bytes == twins[1].bytes)
            _ = try await sandbox.post(
                "/_sandbox/webhooks", #"{"field":"security","value":{"event":"PIN_CHANGED"},\#(entry),"forge":true}"#)
            let forged = await receiver.take(1)[0]
            #expect(!forged.isSigned(with: sandbox.app.appSecret))
            _ = try await sandbox.post(
                "/_sandbox/webhooks",
                #"""
                {"reorder":true,\#(entry),"changes":[{"field":"a","value":{"event":"first"}},
                 {"field":"b","value":{"event":"second"}}]}
                """#)
            #expect(await receiver.take(2).map(\.name) == ["second", "first"])
        }
    }

    @Test func aMessagesLifeComesByWebhook() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            let customer = try await sandbox.onboard(#"{"send_webhooks":false}"#)
            let path = "/v26.0/\(customer.phoneNumberID)/messages"
            let text = #"{"messaging_product":"whatsapp","to":"+16505551234","type":"text","text":{"body":"Hi"}}"#
            #expect(try await sandbox.post(path, text, token: customer.token).errorCode == 133010)
            _ = try await sandbox.register(customer)
            let onboarding = await receiver.take(1)[0]
            #expect(onboarding.value["event"].string == "ONBOARDING")
            _ = try await sandbox.post("/v26.0/\(customer.wabaID)/subscribed_apps", token: customer.token)

            // Nobody wrote within 24 hours: accepted, then failed.
            let late = try await sandbox.post(path, text, token: customer.token)
            #expect(late.status == 200)
            let failed = await receiver.take(1)[0].value["statuses"][0]
            #expect(failed["status"].string == "failed")
            #expect(failed["errors"][0]["code"].int == 131047)
            #expect(failed["id"] == late.body["messages"][0]["id"])

            _ = try await sandbox.post(
                "/_sandbox/inbound",
                #"{"phone_number_id":"\#(customer.phoneNumberID)","from":"16505551234","text":"Hi"}"#)
            let inbound = await receiver.take(1)[0]
            #expect(inbound.value["messages"][0]["text"]["body"].string == "Hi")
            #expect(inbound.value["metadata"]["phone_number_id"].string == customer.phoneNumberID)
            #expect(!inbound.body["entry"][0]["time"].exists)

            let sent = try await sandbox.post(path, text, token: customer.token)
            var statuses: [Value] = []
            while statuses.count < 2 {
                for entry in await receiver.take(1)[0].body["entry"].list {
                    statuses += entry["changes"][0]["value"]["statuses"].list
                }
            }
            #expect(statuses.map(\.["status"].string) == ["sent", "delivered"])
            #expect(statuses.allSatisfy { $0["id"] == sent.body["messages"][0]["id"] })
            try await sandbox.advance(seconds: 86_400)
            _ = try await sandbox.post(path, text, token: customer.token)
            var last = Value(nil)
            repeat { last = await receiver.take(1)[0].value } while !last["statuses"].exists
            #expect(last["statuses"][0]["errors"][0]["code"].int == 131047)
        }
    }

    @Test func templatesNeedAPaymentAndAnExistingLanguage() async throws {
        try await Sandbox.run { sandbox in
            func template(_ name: String, _ language: String) -> String {
                #"""
                {"messaging_product":"whatsapp","to":"+16505551234","type":"template",
                 "template":{"name":"\#(name)","language":{"code":"\#(language)"}}}
                """#
            }
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(customer.phoneNumberID)/messages"
            _ = try await sandbox.register(customer)
            let unpaid = try await sandbox.post(path, template("hello_world", "en_US"), token: customer.token)
            #expect(unpaid.errorCode == 131042)
            _ = try await sandbox.assignSystemUser(to: customer)
            _ = try await sandbox.shareCredit(with: customer)
            let sent = try await sandbox.post(path, template("hello_world", "en_US"), token: customer.token)
            #expect(sent.body["messages"][0]["message_status"].string == "accepted")
            let missing = try await sandbox.post(path, template("hello_world", "de"), token: customer.token)
            #expect(missing.status == 404)
            #expect(missing.errorCode == 132001)
        }
    }
}

extension Sandbox {
    /// Waits until the sandbox has noted so many failed sends of webhooks that are still to be delivered.
    func waitForFailures(_ count: Int) async throws {
        while try await get("/_sandbox/world").body["webhook_failures"].int != count { await Task.yield() }
    }

    func waitForNoPendingWebhook() async throws {
        while try await get("/_sandbox/world").body["pending_webhooks"].int != 0 { await Task.yield() }
    }
}
