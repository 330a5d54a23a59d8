// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ControlTests {
    @Test func aSignupTakesWhatItIsGiven() async throws {
        try await Sandbox.run { sandbox in
            let order = #"""
                {"business":{"id":"506914307656634","name":"Lucky Shrub"},"waba":{"id":"102290129340398","name":"Shrubs"},
                 "phone_number":"+1 555 078 3881","display_name":"Lucky Shrub","currency":"EUR"}
                """#
            let answer = try await sandbox.post("/_sandbox/signups", order)
            #expect(answer.status == 201)
            #expect(answer.body["business_id"].string == "506914307656634")
            #expect(answer.body["waba_id"].string == "102290129340398")
            #expect(answer.body["phone_number"].string == "+1 555-078-3881")
            let again = try await sandbox.post("/_sandbox/signups", order)
            #expect(again.body["phone_number_id"] == answer.body["phone_number_id"])
            #expect(again.body["code"] != answer.body["code"])
            let stolen = try await sandbox.post("/_sandbox/signups", #"{"phone_number":"15550783881"}"#)
            #expect(stolen.status == 409)
            let bare = try await sandbox.post("/_sandbox/signups", #"{"with_number":false}"#)
            #expect(bare.body["phone_number_id"].isNull)
        }
    }

    @Test(arguments: [
        #"{"flow":"walk_in"}"#, #"{"pin":"12"}"#, #"{"waba_id":"7"}"#, #"{"review":{"outcome":"MAYBE"}}"#,
    ])
    func badSignupsNameTheMember(_ body: String) async throws {
        try await Sandbox.run { sandbox in
            let answer = try await sandbox.post("/_sandbox/signups", body)
            #expect(answer.status == 400)
            #expect(!answer.body["error"]["message"].string.isEmpty)
        }
    }

    @Test func theLogKeepsOrderAndEffectsAndCanBeEmptied() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            _ = try await sandbox.get("/v26.0/\(customer.wabaID)", ["access_token": customer.token])
            _ = try await sandbox.exchange(customer.code)
            let log = try await sandbox.get("/_sandbox/calls")
            let data = log.body["data"].list
            #expect(data.map { $0["seq"].int } == [1, 2, 3])
            #expect(data.map(\.["operation"].string) == ["exchange_code", "read_waba", "exchange_code"])
            #expect(data.map { $0["status"].int } == [200, 200, 400])
            #expect(data.map { $0["effect"].isNull } == [false, true, true])
            #expect(data[1]["ids"].strings == [customer.wabaID])
            for secret in [customer.token, customer.code, sandbox.app.appSecret] { #expect(!log.text.contains(secret)) }
            #expect(try await sandbox.get("/_sandbox/effects").body["data"]["exchanged_code"].int == 1)
            _ = try await sandbox.delete("/_sandbox/calls")
            #expect(try await sandbox.get("/_sandbox/calls").body["data"].list.isEmpty)
        }
    }

    @Test func resetForgetsEverythingButThePartners() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            try await sandbox.advance(seconds: 60)
            _ = try await sandbox.post("/_sandbox/reset")
            #expect(try await sandbox.get("/_sandbox/clock").body["offset_ms"].int == 0)
            #expect(try await sandbox.get("/v26.0/\(customer.wabaID)", token: customer.token).errorCode == 190)
            let lines = try await sandbox.get(
                "/v26.0/\(sandbox.app.businessID)/extendedcredits", ["fields": "id,legal_entity_name"],
                token: sandbox.app.systemToken)
            #expect(lines.body["data"][0]["id"].string == sandbox.app.extendedCreditLineID)
        }
    }

    @Test func timeDoesNotRunBackwards() async throws {
        try await Sandbox.run { sandbox in
            let answer = try await sandbox.post("/_sandbox/clock", #"{"advance_ms":-1}"#)
            #expect(answer.status == 400)
        }
    }

    @Test func aPortInUseIsReportedToWhoeverWaits() async throws {
        try await Sandbox.run { sandbox in
            let port = try #require(sandbox.base.split(separator: ":").last.flatMap { Int($0) })
            await #expect(throws: (any Error).self) {
                try await Sandbox.run({ $0.port = port }) { $0.base }
            }
        }
    }
}
