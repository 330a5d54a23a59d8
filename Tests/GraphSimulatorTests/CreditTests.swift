// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: Meta, share and revoke credit lines; reference section 9.1.
@Suite(.timeLimit(.minutes(1)))
struct CreditTests {
    @Test func aLineIsAttachedOnceAndProvenByTwoEqualIDs() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let system = sandbox.app.systemToken
            _ = try await sandbox.assignSystemUser(to: customer)
            let allocation = try await sandbox.shareCredit(with: customer).body["allocation_config_id"].string
            let again = try await sandbox.shareCredit(with: customer)
            #expect(again.status == 400)
            #expect(again.errorCode == 100)
            let credential = try await sandbox.get(
                "/v26.0/\(allocation)", ["fields": "receiving_credential"], token: system
            ).body["receiving_credential"]["id"].string
            let funding = try await sandbox.get(
                "/v26.0/\(customer.wabaID)", ["fields": "primary_funding_id"], token: customer.token
            ).body["primary_funding_id"].string
            #expect(!credential.isEmpty && credential == funding)
            let found = try await sandbox.get(
                "/v26.0/\(sandbox.app.extendedCreditLineID)/owning_credit_allocation_configs",
                ["receiving_business_id": customer.businessID, "fields": "id,receiving_business"], token: system)
            #expect(found.body["data"][0]["id"].string == allocation)
            #expect(found.body["data"][0]["receiving_business"]["id"].string == customer.businessID)
        }
    }

    @Test func revokingTakesTheLineFromAllWABAsOfTheBusiness() async throws {
        try await Sandbox.run { sandbox in
            let first = try await sandbox.onboard()
            let second = try await sandbox.onboard(#"{"business":{"id":"\#(first.businessID)"}}"#)
            var allocations: [String] = []
            for customer in [first, second] {
                _ = try await sandbox.assignSystemUser(to: customer)
                allocations.append(try await sandbox.shareCredit(with: customer).body["allocation_config_id"].string)
            }
            #expect(allocations[0] == allocations[1])
            let system = sandbox.app.systemToken
            #expect(try await sandbox.delete("/v26.0/\(allocations[0])", token: system).text == #"{"success":true}"#)
            let state = try await sandbox.get(
                "/v26.0/\(allocations[0])", ["fields": "receiving_business,request_status"], token: system)
            #expect(state.body["request_status"].string == "DELETED")
            for customer in [first, second] {
                let waba = try await sandbox.get(
                    "/v26.0/\(customer.wabaID)", ["fields": "primary_funding_id"], token: system)
                #expect(!waba.body["primary_funding_id"].exists)
            }
        }
    }

    @Test func theTwoStepWaySharesFirstAndAttachesWithTheBusinessToken() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let line = "/v26.0/\(sandbox.app.extendedCreditLineID)"
            let attach = ["waba_currency": "EUR", "waba_id": customer.wabaID]
            let early = try await sandbox.post("\(line)/whatsapp_credit_attach", query: attach, token: customer.token)
            #expect(early.errorCode == 100)
            let shared = try await sandbox.post(
                "\(line)/whatsapp_credit_sharing", query: ["receiving_business_id": customer.businessID],
                token: sandbox.app.systemToken)
            #expect(shared.body["success"].bool == true)
            let attached = try await sandbox.post(
                "\(line)/whatsapp_credit_attach", query: attach, token: customer.token)
            #expect(attached.body.keys == ["success", "waba_id", "allocation_config_id"])
            #expect(attached.body["allocation_config_id"] == shared.body["allocation_config_id"])
            let waba = try await sandbox.get("/v26.0/\(customer.wabaID)", ["fields": "currency"], token: customer.token)
            #expect(waba.body["currency"].string == "EUR")
        }
    }

    @Test(arguments: [
        (["waba_currency": "CHF"], "waba_currency"), (["waba_id": "100000000000001"], "waba_id"),
        (["waba_currency": ""], "waba_currency"),
    ])
    func badParametersAreNamed(_ change: [String: String], _ word: String) async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            _ = try await sandbox.assignSystemUser(to: customer)
            let query = ["waba_currency": "USD", "waba_id": customer.wabaID].merging(change) { $1 }
            let answer = try await sandbox.post(
                "/v26.0/\(sandbox.app.extendedCreditLineID)/whatsapp_credit_sharing_and_attach", query: query,
                token: sandbox.app.systemToken)
            #expect(answer.errorCode == 100)
            #expect(answer.body["error"]["message"].string.contains(word))
        }
    }

    @Test func assignedUsersAreListedByBusiness() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(customer.wabaID)/assigned_users"
            let system = sandbox.app.systemToken
            let business = ["business": sandbox.app.businessID]
            #expect(try await sandbox.get(path, business, token: system).text == #"{"data":[]}"#)
            let bad = try await sandbox.post(
                path, query: ["user": sandbox.app.systemUserID, "tasks": "['DANCE']"], token: system)
            #expect(bad.errorCode == 100)
            _ = try await sandbox.assignSystemUser(to: customer)
            let users = try await sandbox.get(path, business, token: system).body["data"]
            #expect(users[0]["id"].string == sandbox.app.systemUserID)
            #expect(users[0]["tasks"].strings == ["MANAGE"])
            #expect(try await sandbox.delete(path, ["user": sandbox.app.systemUserID], token: system).status == 200)
            #expect(try await sandbox.get(path, business, token: system).body["data"].list.isEmpty)
            let known = try await sandbox.get("/v26.0/\(sandbox.app.businessID)/system_users", token: system)
            #expect(known.body["data"][0]["role"].string == "ADMIN")
        }
    }
}
