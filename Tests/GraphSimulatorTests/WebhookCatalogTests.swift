// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: reference section 11; graph-examples/webhooks-*.json.
@Suite(.timeLimit(.minutes(1)))
struct WebhookCatalogTests {
    static let order = #"""
        {"business":{"id":"506914307656634","name":"Lucky Shrub"},"waba":{"id":"102290129340398"},
         "phone_number":"+1 555 078 3881","display_name":"Lucky Shrub","send_webhooks":false,
         "review":{"outcome":"PENDING"},"name_review":{"outcome":"PENDING"}}
        """#

    @Test func everyExampleIsSentByOneCall() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            for example in WebhookExample.all {
                let customer = try await sandbox.onboard(Self.order)
                _ = try await sandbox.post("/v26.0/\(customer.wabaID)/subscribed_apps", token: customer.token)
                let answer = try await sandbox.post("/_sandbox/webhooks", example.order(customer))
                #expect(answer.status == 202, "\(example.name): \(answer.text)")
                let delivery = await receiver.take(1)[0]
                let entry = delivery.body["entry"][0]
                #expect(delivery.isSigned(with: sandbox.app.appSecret))
                #expect(delivery.fields == [example.field], "\(example.name)")
                #expect(entry["time"].exists == example.hasTime, "\(example.name)")
                #expect(entry["id"].string == example.entryID(customer, sandbox.app.businessID), "\(example.name)")
                let expected = Value(parsing: example.value)
                #expect(delivery.value.differences(from: expected).isEmpty, "\(example.name)")
            }
        }
    }

    /// Every line of the catalogue, also those that no example shows, and a gap that was never filled.
    @Test func everyLineOfTheCatalogueCanBeSent() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            let lines = try await sandbox.get("/_sandbox/webhooks/catalog").body["data"].list
            #expect(lines.count > 80)
            for line in lines {
                let customer = try await sandbox.onboard(Self.order)
                _ = try await sandbox.post("/v26.0/\(customer.wabaID)/subscribed_apps", token: customer.token)
                var members = [#""field":"\#(line["field"].string)""#]
                if !line["event"].isNull { members.append(#""event":"\#(line["event"].string)""#) }
                if !line["variant"].isNull { members.append(#""variant":"\#(line["variant"].string)""#) }
                let answer = try await sandbox.post("/_sandbox/webhooks", "{\(members.joined(separator: ","))}")
                #expect(answer.status == 202, "\(members)")
                let delivery = await receiver.take(1)[0]
                #expect(delivery.fields == [line["field"].string])
                #expect(!delivery.value.keys.isEmpty)
                #expect(!delivery.text.contains("\"$"), "\(delivery.text)")
            }
        }
    }

    @Test func aDefaultPayloadMayBeChangedInPart() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            _ = try await sandbox.post(
                "/_sandbox/webhooks",
                #"{"field":"account_update","event":"ACCOUNT_VIOLATION","set":{"violation_info":{"violation_type":"NEW"}}}"#
            )
            let value = await receiver.take(1)[0].value
            #expect(value["violation_info"]["violation_type"].string == "NEW")
            #expect(value["event"].string == "ACCOUNT_VIOLATION")
        }
    }

    @Test(arguments: [
        (#"{}"#, "field"), (#"{"field":"account_updates"}"#, "field"), (#"{"event":"APPROVED"}"#, "field"),
        (#"{"field":"account_update","event":"PARTNER_LEFT"}"#, "PARTNER_REMOVED"), (#"{"value":{}}"#, "field"),
        (#"{"field":"account_update","event":"PARTNER_ADDED","variant":"x"}"#, "solution"),
        (#"{"field":"security","forge":"hash"}"#, "forge"), (#"{"field":"security","count":0}"#, "count"),
        (#"{"field":"security","count":200,"duplicate":200}"#, "updates"),
        (#"{"field":"security","delay_ms":-1}"#, "delay_ms"),
        (#"{"field":"security","duplicate":9223372036854775807}"#, "duplicate"),
    ])
    func badOrdersAreRefusedByName(_ body: String, _ word: String) async throws {
        try await Sandbox.run { sandbox in
            let answer = try await sandbox.post("/_sandbox/webhooks", body)
            #expect(answer.status == 400)
            #expect(answer.body["error"]["message"].string.contains(word), "\(answer.text)")
        }
    }

    @Test func theWorldFeelsWhatIsTold() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            let customer = try await sandbox.onboard(Self.order)
            let about = #""waba_id":"\#(customer.wabaID)""#
            let forged = #"{"field":"account_update","event":"PARTNER_REMOVED","forge":true,\#(about)}"#
            _ = try await sandbox.post("/_sandbox/webhooks", forged)
            _ = await receiver.take(1)
            #expect(try await sandbox.get("/v26.0/\(customer.wabaID)", token: customer.token).status == 200)
            _ = try await sandbox.post(
                "/_sandbox/webhooks", #"{"field":"account_update","event":"PARTNER_REMOVED",\#(about)}"#)
            _ = await receiver.take(1)
            #expect(try await sandbox.get("/v26.0/\(customer.wabaID)", token: customer.token).errorSubcode == 33)
        }
    }
}

extension WebhookExample {
    func order(_ customer: Customer) -> String {
        var members = [#""field":"\#(field)","waba_id":"\#(customer.wabaID)""#]
        if let event { members.append(#""event":"\#(event)""#) }
        if let variant { members.append(#""variant":"\#(variant)""#) }
        return "{\(members.joined(separator: ","))}"
    }

    func entryID(_ customer: Customer, _ partnerID: String) -> String {
        switch entry {
        case .waba: customer.wabaID
        case .customer: customer.businessID
        case .partner: partnerID
        }
    }
}

extension Value {
    /// Where two values differ in shape or in a documented value; ids and times differ with every run.
    func differences(from expected: Value, at path: String = "") -> [String] {
        if !expected.keys.isEmpty {
            let missing = keys.symmetricDifference(expected.keys).map { "\(path).\($0): on one side only" }
            return missing
                + keys.intersection(expected.keys).sorted().flatMap { name in
                    Self.isOfTheRun(name)
                        ? (self[name].isText == expected[name].isText ? [] : ["\(path).\(name): another kind"])
                        : self[name].differences(from: expected[name], at: "\(path).\(name)")
                }
        }
        guard !expected.list.isEmpty else { return self == expected ? [] : ["\(path): another value"] }
        guard list.count == expected.list.count else { return ["\(path): another count"] }
        return zip(list, expected.list).enumerated().flatMap { index, pair in
            pair.0.differences(from: pair.1, at: "\(path)[\(index)]")
        }
    }

    private var isText: Bool { int == nil }

    private static func isOfTheRun(_ name: String) -> Bool {
        let names: Set = [
            "id", "timestamp", "expiration", "waba_ban_date", "tier_update_time", "effective_month", "phone_number_id",
            "message_template_id", "category_update_timestamp", "disable_date", "details", "solution_id",
        ]
        return names.contains(name)
    }
}
