// SPDX-License-Identifier: Apache-2.0
import Foundation
import GraphSimulator
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PersistenceTests {
    static func inFolder<Result: Sendable>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.path)
    }

    @Test func theWorldOutlivesTheSimulator() async throws {
        try await Self.inFolder { folder in
            let customer = try await Sandbox.run({ $0.dataDirectory = folder }) { sandbox in
                let customer = try await sandbox.onboard(#"{"pin":"150954"}"#)
                _ = try await sandbox.assignSystemUser(to: customer)
                _ = try await sandbox.shareCredit(with: customer)
                _ = try await sandbox.post("/v26.0/\(customer.wabaID)/subscribed_apps", token: customer.token)
                #expect(try await sandbox.register(customer, pin: "111111").errorCode == 133005)
                #expect(try await sandbox.register(customer, pin: "150954").status == 200)
                try await sandbox.advance(seconds: 3600)
                return customer
            }
            // Twice, so that what the first start compacted is read as well.
            for _ in 0..<2 {
                try await Sandbox.run({ $0.dataDirectory = folder }) { sandbox in
                    #expect(try await sandbox.exchange(customer.code).errorSubcode == 36009)
                    let waba = try await sandbox.get(
                        "/v26.0/\(customer.wabaID)", ["fields": "primary_funding_id,account_review_status"],
                        token: customer.token)
                    #expect(waba.body["primary_funding_id"].exists)
                    #expect(waba.body["account_review_status"].string == "APPROVED")
                    #expect(try await sandbox.shareCredit(with: customer).errorCode == 100)
                    let apps = try await sandbox.get(
                        "/v26.0/\(customer.wabaID)/subscribed_apps", token: customer.token)
                    #expect(apps.body["data"].list.count == 1)
                    #expect(try await sandbox.register(customer, pin: "222222").errorCode == 133005)
                    #expect(try await sandbox.get("/_sandbox/clock").body["offset_ms"].int == 3_600_000)
                    let effects = try await sandbox.get("/_sandbox/effects").body["data"]
                    #expect(effects["shared_credit"].int == 1)
                    #expect(effects["registered"].int == 1)
                }
            }
        }
    }

    private static func statuses(_ count: Int, _ customer: Customer, _ sandbox: Sandbox) async throws -> [Int] {
        var statuses: [Int] = []
        for _ in 0..<count {
            statuses.append(try await sandbox.get("/v26.0/\(customer.wabaID)", token: customer.token).status)
        }
        return statuses
    }

    @Test func `rules outlive the simulator, as far spent as they were`() async throws {
        try await Self.inFolder { folder in
            let customer = try await Sandbox.run({ $0.dataDirectory = folder }) { sandbox in
                let customer = try await sandbox.onboard()
                for rule in [
                    #"{"operation":"read_waba","times":3,"status":503}"#, #"{"operation":"register","drop":"before"}"#,
                    #"{"operation":"read_phone_number","throttle":{"calls":2,"per_seconds":3600}}"#,
                ] { #expect(try await sandbox.post("/_sandbox/faults", rule).status == 201) }
                #expect(try await sandbox.delete("/_sandbox/faults/2").status == 200)
                #expect(try await Self.statuses(1, customer, sandbox) == [503])
                let number = try await sandbox.get("/v26.0/\(customer.phoneNumberID)", token: customer.token)
                #expect(number.status == 200)
                return customer
            }
            // Three starts: what one compacted is read by the next.
            for expected in [[503], [503], [200, 200]] {
                try await Sandbox.run({ $0.dataDirectory = folder }) { sandbox in
                    let ids = try await sandbox.get("/_sandbox/faults").body["data"].list.map(\.["id"].int)
                    #expect(ids == [1, 3])
                    #expect(try await Self.statuses(expected.count, customer, sandbox) == expected)
                }
            }
            try await Sandbox.run({ $0.dataDirectory = folder }) { sandbox in
                let number = "/v26.0/\(customer.phoneNumberID)"
                #expect(try await sandbox.get(number, token: customer.token).status == 200)
                #expect(try await sandbox.get(number, token: customer.token).errorCode == 80007)
                let rules = try await sandbox.get("/_sandbox/faults").body["data"].list
                #expect(rules.map(\.["matched"].int) == [3, 1])
                // A new rule takes no old one's number.
                let added = try await sandbox.post("/_sandbox/faults", #"{"status":500}"#)
                #expect(added.body["id"].int == 4)
                _ = try await sandbox.delete("/_sandbox/faults")
            }
            try await Sandbox.run({ $0.dataDirectory = folder }) { sandbox in
                let rules = try await sandbox.get("/_sandbox/faults").body["data"].list
                #expect(rules.isEmpty)
            }
        }
    }

    @Test func `chance goes on after a restart where it was`() async throws {
        let rule = #"{"operation":"read_waba","probability":0.5,"seed":7,"times":null,"status":500}"#
        let whole = try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            _ = try await sandbox.post("/_sandbox/faults", rule)
            return try await Self.statuses(24, customer, sandbox)
        }
        try await Self.inFolder { folder in
            let (customer, first) = try await Sandbox.run({ $0.dataDirectory = folder }) { sandbox in
                let customer = try await sandbox.onboard()
                _ = try await sandbox.post("/_sandbox/faults", rule)
                return (customer, try await Self.statuses(10, customer, sandbox))
            }
            let rest = try await Sandbox.run({ $0.dataDirectory = folder }) {
                try await Self.statuses(14, customer, $0)
            }
            #expect(first + rest == whole)
        }
    }

    @Test func `a restart does not renew what is spent of a scenario`() async throws {
        try await Self.inFolder { folder in
            let customer = try await Sandbox.run({ $0.dataDirectory = folder }) { sandbox in
                let customer = try await sandbox.onboard()
                _ = try await sandbox.post("/_sandbox/scenarios", #"{"name":"register_unavailable"}"#)
                #expect(try await sandbox.register(customer).errorCode == 133004)
                return customer
            }
            try await Sandbox.run({
                $0.dataDirectory = folder
                $0.scenarios = ["register_unavailable"]
            }) { sandbox in
                let last = try await sandbox.register(customer)
                #expect(last.errorCode == 133004)
                let next = try await sandbox.register(customer)
                #expect(next.status == 200)
            }
        }
    }

    @Test func aTornLastLineIsPassedOver() async throws {
        try await Self.inFolder { folder in
            let customer = try await Sandbox.run({ $0.dataDirectory = folder }) { try await $0.onboard() }
            let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
            let handle = try #require(FileHandle(forWritingAtPath: "\(folder)/\(file)"))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(#"{"wabas":[{"id":"10"#.utf8))
            try handle.close()
            try await Sandbox.run({ $0.dataDirectory = folder }) { sandbox in
                let answer = try await sandbox.get("/v26.0/\(customer.wabaID)", token: customer.token)
                #expect(answer.status == 200)
            }
        }
    }

    @Test func webhooksNotYetDeliveredAreSentAfterARestart() async throws {
        try await Self.inFolder { folder in
            let customer = try await Sandbox.run({
                $0.dataDirectory = folder
                $0.callback = WebhookTarget(url: "http://127.0.0.1:1/hook", verifyToken: "meatyhamhock")
            }) { try await $0.signUp() }
            let receiver = WebhookReceiver()
            try await Sandbox.run(calling: receiver, dataDirectory: folder) { sandbox, _ in
                try await sandbox.advance(seconds: 60)
                var names: Set<String> = []
                while !names.contains("PARTNER_ADDED") {
                    let delivery = await receiver.take(1)[0]
                    names.insert(delivery.name)
                    #expect(delivery.text.contains(customer.wabaID))
                }
            }
        }
    }
}
