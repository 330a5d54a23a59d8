// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Everything with a time limit follows the sandbox's clock, however it is set.
@Suite(.timeLimit(.minutes(1)))
struct ClockTests {
    private static func set(_ body: String, _ sandbox: Sandbox) async throws -> Value {
        let answer = try await sandbox.post("/_sandbox/clock", body)
        #expect(answer.status == 200, "\(answer.text)")
        return answer.body
    }

    @Test func `a frozen clock stands still and can be moved by hand`() async throws {
        try await Sandbox.run { sandbox in
            let frozen = try await Self.set(#"{"freeze":true}"#, sandbox)
            #expect(frozen["speed"].int == 0)
            let now = try #require(frozen["now_ms"].int)
            #expect(try await sandbox.get("/_sandbox/clock").body["now_ms"].int == now)
            #expect(try await Self.set(#"{"advance_seconds":5}"#, sandbox)["now_ms"].int == now + 5000)
            // Codes live for 30 s.
            let customer = try await sandbox.signUp()
            _ = try await Self.set(#"{"advance_ms":29999}"#, sandbox)
            #expect(try await sandbox.exchange(customer.code).status == 200)
            let late = try await sandbox.signUp()
            _ = try await Self.set(#"{"advance_ms":30000}"#, sandbox)
            #expect(try await sandbox.exchange(late.code).errorSubcode == 36007)
            let running = try await Self.set(#"{"freeze":false}"#, sandbox)
            #expect(running["speed"].int == 1)
            #expect((running["now_ms"].int ?? 0) >= now + 64_999)
        }
    }

    @Test func `a fast clock brings a review of two days at once`() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver, dataDirectory: nil) { sandbox, _ in
            _ = try await Self.set(#"{"speed":1000000}"#, sandbox)
            _ = try await sandbox.signUp(#"{"review":{"outcome":"REJECTED","delay_ms":172800000}}"#)
            var name = ""
            while name != "account_review_update" { name = await receiver.take(1)[0].name }
            _ = try await Self.set(#"{"speed":1}"#, sandbox)
        }
    }

    @Test func `hourly call budgets come back with the clock`() async throws {
        try await Sandbox.run({ $0.callsPerHour = .init(beforeRegistration: 3) }) { sandbox in
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(customer.wabaID)"
            for _ in 0..<3 { #expect(try await sandbox.get(path, token: customer.token).status == 200) }
            #expect(try await sandbox.get(path, token: customer.token).errorCode == 80007)
            try await sandbox.advance(seconds: 3600)
            #expect(try await sandbox.get(path, token: customer.token).status == 200)
        }
    }

    @Test func `tokens, the registration budget and lockouts follow it`() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard(#"{"pin":"150954","token_expires_in":864000}"#)
            for _ in 0..<5 {
                #expect(try await sandbox.register(customer, pin: "111111").errorCode == 133005)
                // Guesses within a second of each other are refused as such.
                try await sandbox.advance(seconds: 2)
            }
            #expect(try await sandbox.register(customer, pin: "150954").errorCode == 133008)
            try await sandbox.advance(seconds: 12 * 3600)
            for _ in 0..<4 { #expect(try await sandbox.register(customer, pin: "150954").status == 200) }
            #expect(try await sandbox.register(customer, pin: "150954").errorCode == 133016)
            try await sandbox.advance(seconds: 72 * 3600)
            #expect(try await sandbox.register(customer, pin: "150954").status == 200)
            try await sandbox.advance(seconds: 10 * 86400)
            #expect(try await sandbox.register(customer, pin: "150954").errorSubcode == 463)
        }
    }

    @Test func `absolute targets are reached once`() async throws {
        try await Sandbox.run { sandbox in
            for _ in 0..<2 {
                let clock = try await Self.set(#"{"offset_at_least_ms":60000}"#, sandbox)
                #expect((60_000...60_050).contains(clock["offset_ms"].int ?? 0))
            }
            _ = try await Self.set(#"{"freeze":true}"#, sandbox)
            let target = try #require(try await sandbox.get("/_sandbox/clock").body["now_ms"].int) + 1000
            for _ in 0..<2 { #expect(try await Self.set(#"{"to_ms":\#(target)}"#, sandbox)["now_ms"].int == target) }
        }
    }

    @Test(arguments: [
        #"{"advance_seconds":-1}"#, #"{"speed":-1}"#, #"{"speed":1e9}"#, #"{"advance":5}"#, #"{"advance_ms":"x"}"#,
        #"{"advance_seconds":9223372036854775807}"#,
    ])
    func `what a clock cannot do is refused`(_ body: String) async throws {
        try await Sandbox.run { sandbox in
            let answer = try await sandbox.post("/_sandbox/clock", body)
            #expect(answer.status == 400)
        }
    }
}
