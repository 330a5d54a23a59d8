// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: Meta, registration; reference sections 8.2 and 8.3.
@Suite(.timeLimit(.minutes(1)))
struct RegistrationTests {
    @Test func registeringConnectsTheNumberAndSetsThePIN() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            #expect(try await sandbox.register(customer).status == 200)
            let node = try await sandbox.get(
                "/v26.0/\(customer.phoneNumberID)", ["fields": "status,platform_type,is_pin_enabled"],
                token: customer.token)
            #expect(
                node.text
                    == #"{"status":"CONNECTED","platform_type":"CLOUD_API","is_pin_enabled":true,"id":"\#(customer.phoneNumberID)"}"#
            )
            #expect(try await sandbox.register(customer, pin: "999999").errorCode == 133005)
            #expect(try await sandbox.register(customer).status == 200)
        }
    }

    @Test func theEleventhCallLocksTheNumberForSeventyTwoHours() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            #expect(try await sandbox.register(customer).status == 200)
            // Deregistering and a wrong PIN count as well.
            #expect(
                try await sandbox.post("/v26.0/\(customer.phoneNumberID)/deregister", token: customer.token).status
                    == 200)
            #expect(try await sandbox.register(customer, pin: "000000").errorCode == 133005)
            for _ in 0..<7 { #expect(try await sandbox.register(customer).status == 200) }
            #expect(try await sandbox.register(customer).errorCode == 133016)
            try await sandbox.advance(seconds: 71 * 3600)
            #expect(try await sandbox.register(customer).errorCode == 133016)
            try await sandbox.advance(seconds: 2 * 3600)
            #expect(try await sandbox.register(customer).status == 200)
        }
    }

    @Test func aPINSetBeforeMustBeMetAndMayBeGuessedFiveTimes() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard(#"{"pin":"150954"}"#)
            // Guesses are too fast within a second of the sandbox's clock; a busy machine may take longer for four.
            _ = try await sandbox.post("/_sandbox/clock", #"{"freeze":true}"#)
            for _ in 0..<3 { #expect(try await sandbox.register(customer, pin: "111111").errorCode == 133005) }
            #expect(try await sandbox.register(customer, pin: "111111").errorCode == 133009)
            for _ in 0..<2 {
                try await sandbox.advance(seconds: 60)
                #expect(try await sandbox.register(customer, pin: "111111").errorCode == 133005)
            }
            try await sandbox.advance(seconds: 60)
            #expect(try await sandbox.register(customer, pin: "150954").errorCode == 133008)
            try await sandbox.advance(seconds: 12 * 3600)
            #expect(try await sandbox.register(customer, pin: "150954").status == 200)
            let changed = try await sandbox.post(
                "/v26.0/\(customer.phoneNumberID)", #"{"pin":"222222"}"#, token: customer.token)
            #expect(changed.status == 200)
            #expect(try await sandbox.register(customer, pin: "222222").status == 200)
        }
    }

    @Test func theLogTellsWhetherThePINIsTheSameAndNeverThePIN() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            _ = try await sandbox.register(customer)
            _ = try await sandbox.register(customer)
            _ = try await sandbox.register(customer, pin: "999999")
            let calls = try await sandbox.get("/_sandbox/calls", ["operation": "register"])
            let data = calls.body["data"].list
            #expect(data.map { $0["pin_matches"].bool } == [nil, true, false])
            #expect(data[0]["pin_digest"] == data[1]["pin_digest"])
            #expect(data[0]["pin_digest"] != data[2]["pin_digest"])
            #expect(data.map(\.["effect"].string) == ["registered", "registered", ""])
            for secret in ["212834", "999999", customer.token, customer.code] { #expect(!calls.text.contains(secret)) }
        }
    }

    @Test func anUnverifiedNumberIsVerifiedFirst() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard(#"{"verified":false,"phone_number":"+1 555 078 3881"}"#)
            let path = "/v26.0/\(customer.phoneNumberID)"
            #expect(try await sandbox.register(customer).errorCode == 133006)
            let asked = try await sandbox.post(
                "\(path)/request_code", query: ["code_method": "SMS", "language": "en_US"], token: customer.token)
            #expect(asked.status == 200)
            let wrong = try await sandbox.post("\(path)/verify_code", query: ["code": "000000"], token: customer.token)
            #expect(wrong.errorCode == 136025)
            let right = try await sandbox.post("\(path)/verify_code", query: ["code": "783881"], token: customer.token)
            #expect(right.status == 200)
            #expect(try await sandbox.register(customer).status == 200)
        }
    }

    @Test func aNumberNotRegisteredWithinFourteenDaysExpires() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            try await sandbox.advance(seconds: 15 * 86400)
            let node = try await sandbox.get(
                "/v26.0/\(customer.phoneNumberID)", ["fields": "code_verification_status"], token: customer.token)
            #expect(node.body["code_verification_status"].string == "EXPIRED")
            #expect(try await sandbox.register(customer).errorCode == 133006)
        }
    }

    @Test func aBusinessAppNumberIsConnectedAndNeitherRegisteredNorDeregistered() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard(#"{"flow":"business_app"}"#)
            let path = "/v26.0/\(customer.phoneNumberID)"
            let node = try await sandbox.get(
                path, ["fields": "is_on_biz_app,platform_type,status"], token: customer.token)
            #expect(node.body["is_on_biz_app"].bool == true)
            #expect(node.body["status"].string == "CONNECTED")
            let left = try await sandbox.post("\(path)/deregister", token: customer.token)
            #expect(left.errorSubcode == 2_207_051)
            let sync = #"{"messaging_product":"whatsapp","sync_type":"history"}"#
            #expect(try await sandbox.post("\(path)/smb_app_data", sync, token: customer.token).status == 200)
            #expect(try await sandbox.post("\(path)/smb_app_data", sync, token: customer.token).errorCode == 2_593_107)
            try await sandbox.advance(seconds: 86_401)
            let late = #"{"messaging_product":"whatsapp","sync_type":"smb_app_state_sync"}"#
            #expect(try await sandbox.post("\(path)/smb_app_data", late, token: customer.token).errorCode == 2_593_108)
        }
    }

    @Test(arguments: [
        #"{"pin":"212834"}"#, #"{"messaging_product":"whatsapp"}"#, #"{"messaging_product":"whatsapp","pin":"12345"}"#,
        #"{"messaging_product":"whatsapp","pin":"212834","data_localization_region":"XX"}"#, #"{"messaging_product":"#,
    ])
    func badBodiesAreRefusedWithoutSpendingTheBudget(_ body: String) async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            for _ in 0..<11 {
                let answer = try await sandbox.post(
                    "/v26.0/\(customer.phoneNumberID)/register", body, token: customer.token)
                #expect(answer.errorCode == 100)
            }
            #expect(try await sandbox.register(customer).status == 200)
        }
    }
}
