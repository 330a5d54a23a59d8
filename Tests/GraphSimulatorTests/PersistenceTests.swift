// SPDX-License-Identifier: Apache-2.0
import Foundation
import GraphSimulator
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PersistenceTests {
    private static func inFolder<Result: Sendable>(_ body: (String) async throws -> Result) async throws -> Result {
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
