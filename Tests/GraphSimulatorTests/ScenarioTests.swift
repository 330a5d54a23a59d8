// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Each named scenario does over HTTP what its description says. Source: docs/simulator.md, scenarios.
@Suite(.timeLimit(.minutes(2)))
struct ScenarioTests {
    @Test func `each scenario has a check here, a summary and an expectation`() {
        #expect(Set(Scenario.all.map(\.name)) == Set(ScenarioCheck.all.keys))
        #expect(Set(Scenario.all.map(\.name)).count == Scenario.all.count)
        for scenario in Scenario.all { #expect(!scenario.summary.isEmpty && !scenario.expectation.isEmpty) }
    }

    @Test(arguments: Scenario.all.map(\.name))
    func `a scenario begins by its name and does what it says`(_ name: String) async throws {
        let check = try #require(ScenarioCheck.all[name])
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, url in
            let begun = try await sandbox.post("/_sandbox/scenarios", #"{"name":"\#(name)"}"#)
            #expect(begun.status == 201)
            #expect(begun.body["name"].string == name)
            try await check(Rehearsing(sandbox: sandbox, receiver: receiver, callback: url))
        }
    }

    @Test func `a scenario that ends leaves nothing behind`() async throws {
        try await Sandbox.run({ $0.scenarios = ["pin_mismatch", "credit_refused"] }) { sandbox in
            let active = { () async throws -> [String] in
                let list = try await sandbox.get("/_sandbox/scenarios").body["data"].list
                return list.filter { $0["active"].bool == true }.map(\.["name"].string)
            }
            #expect(Set(try await active()) == ["pin_mismatch", "credit_refused"])
            let stuck = try await sandbox.onboard()
            #expect(try await sandbox.register(stuck).errorCode == 133005)
            #expect(try await sandbox.delete("/_sandbox/scenarios/pin_mismatch").status == 200)
            #expect(try await sandbox.delete("/_sandbox/scenarios/pin_mismatch").status == 404)
            let customer = try await sandbox.onboard()
            #expect(try await sandbox.register(customer).status == 200)
            _ = try await sandbox.delete("/_sandbox/scenarios")
            #expect(try await active().isEmpty)
            #expect(try await sandbox.get("/_sandbox/faults").body["data"].list.isEmpty)
            _ = try await sandbox.assignSystemUser(to: customer)
            #expect(try await sandbox.shareCredit(with: customer).status == 200)
        }
    }

    @Test func `a scenario can be about one WABA`() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let other = try await sandbox.onboard()
            for each in [customer, other] { _ = try await sandbox.assignSystemUser(to: each) }
            _ = try await sandbox.post(
                "/_sandbox/scenarios", #"{"name":"credit_refused","id":"\#(customer.wabaID)"}"#)
            #expect(try await sandbox.shareCredit(with: customer).errorCode == 200)
            #expect(try await sandbox.shareCredit(with: other).status == 200)
        }
    }

    @Test func `a scenario made of rules ends with the last of them`() async throws {
        try await Sandbox.run({ $0.scenarios = ["pin_mismatch", "graph_brownout"] }) { sandbox in
            let active = { () async throws -> [String] in
                let list = try await sandbox.get("/_sandbox/scenarios").body["data"].list
                return list.filter { $0["active"].bool == true }.map(\.["name"].string)
            }
            let rules = try await sandbox.get("/_sandbox/faults").body["data"].list.compactMap(\.["id"].int)
            #expect(rules.count == 2)
            _ = try await sandbox.delete("/_sandbox/faults/\(rules[0])")
            #expect(Set(try await active()) == ["pin_mismatch", "graph_brownout"])
            _ = try await sandbox.delete("/_sandbox/faults/\(rules[1])")
            #expect(try await active() == ["pin_mismatch"])
            _ = try await sandbox.post("/_sandbox/scenarios", #"{"name":"throttled"}"#)
            _ = try await sandbox.delete("/_sandbox/faults")
            #expect(try await active() == ["pin_mismatch"])
        }
    }

    @Test func `an export carries rules and scenarios`() async throws {
        let world = try await Sandbox.run { sandbox in
            _ = try await sandbox.post("/_sandbox/scenarios", #"{"name":"throttled"}"#)
            _ = try await sandbox.post("/_sandbox/faults", #"{"operation":"register","status":503,"times":2}"#)
            return try await sandbox.get("/_sandbox/world/export").text
        }
        try await Sandbox.run { sandbox in
            _ = try await sandbox.post("/_sandbox/faults", #"{"operation":"debug_token","drop":"before"}"#)
            #expect(try await sandbox.send(.PUT, "/_sandbox/world", json: world).status == 200)
            let rules = try await sandbox.get("/_sandbox/faults").body["data"].list
            #expect(rules.map(\.["operation"].string) == ["*", "register"])
            let customer = try await sandbox.onboard()
            #expect(try await sandbox.register(customer).status == 503)
            _ = try await sandbox.post("/_sandbox/reset")
            #expect(try await sandbox.get("/_sandbox/faults").body["data"].list.isEmpty)
        }
    }

    @Test func `what a signup says itself counts more than a scenario`() async throws {
        try await Sandbox.run({ $0.scenarios = ["pin_mismatch"] }) { sandbox in
            let customer = try await sandbox.onboard(#"{"pin":"150954"}"#)
            #expect(try await sandbox.register(customer, pin: "150954").status == 200)
        }
    }

    @Test(arguments: [#"{"name":"doom"}"#, "{}", #"{"name":"throttled","waba":"1"}"#])
    func `an unknown scenario is refused`(_ body: String) async throws {
        try await Sandbox.run { sandbox in
            let answer = try await sandbox.post("/_sandbox/scenarios", body)
            #expect(answer.status == 400)
        }
    }
}

struct Rehearsing: Sendable {
    let sandbox: Sandbox
    let receiver: WebhookReceiver
    let callback: String

    /// The next webhook of this name; others are passed over.
    func webhook(_ name: String) async -> WebhookReceiver.Delivery? {
        while let delivery = await receiver.take(1).first {
            if delivery.name == name { return delivery }
        }
        return nil
    }

    func waba(_ customer: Customer, _ fields: String = "id") async throws -> Sandbox.Answer {
        try await sandbox.get("/v26.0/\(customer.wabaID)", ["fields": fields], token: customer.token)
    }

    func number(_ customer: Customer, _ field: String) async throws -> String {
        let answer = try await sandbox.get(
            "/v26.0/\(customer.phoneNumberID)", ["fields": field], token: customer.token)
        return answer.body[field].string
    }

    func subscribe(_ customer: Customer, _ json: String? = nil) async throws -> Sandbox.Answer {
        try await sandbox.post("/v26.0/\(customer.wabaID)/subscribed_apps", json, token: customer.token)
    }

    func fundable() async throws -> Customer {
        let customer = try await sandbox.onboard()
        _ = try await sandbox.assignSystemUser(to: customer)
        return customer
    }

    /// Whether the connection broke.
    func breaks(_ call: () async throws -> Sandbox.Answer) async -> Bool {
        do {
            _ = try await call()
            return false
        } catch {
            return true
        }
    }
}
