// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: Meta, message templates; reference sections 12.2 and 13.
@Suite(.timeLimit(.minutes(1)))
struct TemplateTests {
    private static let body = #"[{"type":"BODY","text":"Your order {{1}} comes {{2}} then."}]"#

    private static func order(
        name: String = "order_update", category: String = "UTILITY", components: String = body
    ) -> String {
        #"{"name":"\#(name)","language":"en_US","category":"\#(category)","components":\#(components)}"#
    }

    @Test func aTemplateIsReviewedBeforeItCanBeSent() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            let customer = try await sandbox.onboard(#"{"send_webhooks":false}"#)
            _ = try await sandbox.assignSystemUser(to: customer)
            _ = try await sandbox.shareCredit(with: customer)
            _ = try await sandbox.register(customer)
            let path = "/v26.0/\(customer.wabaID)/message_templates"
            let created = try await sandbox.post(path, Self.order(), token: customer.token)
            #expect(created.body.keys == ["id", "status", "category"])
            #expect(created.body["status"].string == "PENDING")
            let early = try await sandbox.sendTemplate("order_update", ["7", "today"], from: customer)
            #expect(early.errorCode == 132001)
            try await sandbox.advance(seconds: 601)
            var update = await receiver.take(1)[0]
            while update.fields != ["message_template_status_update"] { update = await receiver.take(1)[0] }
            #expect(update.value["event"].string == "APPROVED")
            #expect(update.value["message_template_name"].string == "order_update")
            let short = try await sandbox.sendTemplate("order_update", ["7"], from: customer)
            #expect(short.errorCode == 132000)
            #expect(try await sandbox.sendTemplate("order_update", ["7", "today"], from: customer).status == 200)
        }
    }

    /// Source: Meta, health status: of accounts, numbers and templates.
    @Test func `a template's health names the template first and waits for its review`() async throws {
        try await Sandbox.run {
            $0.reviewDelayMilliseconds = 600_000
        } _: { sandbox in
            let customer = try await sandbox.onboard(#"{"payment_method":true}"#)
            let path = "/v26.0/\(customer.wabaID)/message_templates"
            let created = try await sandbox.post(path, Self.order(), token: customer.token)
            let id = created.body["id"].string
            func health() async throws -> Value {
                let node = try await sandbox.get("/v26.0/\(id)", ["fields": "health_status"], token: customer.token)
                return node.body["health_status"]
            }
            let waiting = try await health()
            #expect(waiting["can_send_message"].string == "BLOCKED")
            #expect(waiting["entities"][0]["entity_type"].string == "MESSAGE_TEMPLATE")
            #expect(waiting["entities"][0]["id"].string == id)
            try await sandbox.advance(seconds: 601)
            #expect(try await health()["can_send_message"].string == "AVAILABLE")
        }
    }

    @Test func templatesAreListedFilteredPagedReadEditedAndDeleted() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(customer.wabaID)/message_templates"
            let first = try await sandbox.get(path, ["fields": "name,status"], token: customer.token)
            #expect(first.body["data"].list.map(\.["name"].string) == ["hello_world"])
            let hello = first.body["data"][0]["id"].string
            #expect(
                try await sandbox.get("/v26.0/\(hello)", token: customer.token).body["category"].string == "UTILITY")
            let created = try await sandbox.post(path, Self.order(), token: customer.token)
            let page = try await sandbox.get(path, ["limit": "1"], token: customer.token)
            let next = try await sandbox.get(page.body["paging"]["next"].string)
            #expect(next.body["data"].list.map(\.["id"].string) == [created.body["id"].string])
            let pending = try await sandbox.get(path, ["status": "PENDING"], token: customer.token)
            #expect(pending.body["data"].list.map(\.["name"].string) == ["order_update"])
            let edit = #"{"components":[{"type":"BODY","text":"Changed"}]}"#
            #expect(try await sandbox.post("/v26.0/\(hello)", edit, token: customer.token).status == 200)
            let changed = try await sandbox.get("/v26.0/\(hello)", token: customer.token)
            #expect(changed.body["components"][0]["text"].string == "Changed")
            #expect(changed.body["status"].string == "PENDING")
            #expect(try await sandbox.delete(path, ["name": "order_update"], token: customer.token).status == 200)
            let gone = try await sandbox.delete(path, ["name": "order_update"], token: customer.token)
            #expect(gone.errorSubcode == 2_593_002)
            let other = try await sandbox.onboard()
            #expect(try await sandbox.get("/v26.0/\(hello)", token: other.token).errorSubcode == 33)
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var order: String
        var code: Int
        var testDescription: String { "\(code): \(order)" }
    }

    @Test(arguments: [
        Refusal(order: order(name: "Order Update"), code: 100),
        Refusal(order: order(category: "OTHER"), code: 100),
        Refusal(order: order(components: "[]"), code: 100),
        Refusal(
            order: order(components: #"[{"type":"HEADER","format":"SONG"},{"type":"BODY","text":"a"}]"#),
            code: 2_388_047),
        Refusal(order: order(components: #"[{"type":"FOOTER","text":"a"}]"#), code: 2_388_072),
        Refusal(order: order(components: #"[{"type":"BODY","text":"{{1}} at the start"}]"#), code: 2_388_299),
        Refusal(
            order: order(components: #"[{"type":"BODY","text":"\#(String(repeating: "a", count: 1025))"}]"#),
            code: 2_388_040),
        Refusal(
            order: order(components: #"[{"type":"BODY","text":"a"},{"type":"FOOTER","text":"{{1}}"}]"#), code: 2_388_073
        ),
        Refusal(order: order(name: "hello_world"), code: 100),
    ])
    func badTemplatesAreRefused(_ refusal: Refusal) async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let answer = try await sandbox.post(
                "/v26.0/\(customer.wabaID)/message_templates", refusal.order, token: customer.token)
            #expect(answer.status == 400)
            #expect(answer.errorCode == refusal.code)
        }
    }
}

extension Sandbox {
    func sendTemplate(_ name: String, _ values: [String], from customer: Customer) async throws -> Answer {
        let parameters = values.map { #"{"type":"text","text":"\#($0)"}"# }.joined(separator: ",")
        return try await post(
            "/v26.0/\(customer.phoneNumberID)/messages",
            #"{"messaging_product":"whatsapp","to":"16505551234","type":"template","template":{"name":"\#(name)","#
                + #""language":{"code":"en_US"},"components":[{"type":"body","parameters":[\#(parameters)]}]}}"#,
            token: customer.token)
    }
}
