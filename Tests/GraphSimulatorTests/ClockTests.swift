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
            let frozen = try await Self.set(#"{"freeze":true}"#, sandbox)
            #expect(frozen["goes_with_server"].bool == false)
            let target = try #require(try await sandbox.get("/_sandbox/clock").body["now_ms"].int) + 1000
            for _ in 0..<2 { #expect(try await Self.set(#"{"to_ms":\#(target)}"#, sandbox)["now_ms"].int == target) }
        }
    }

    /// Beside a server there is one clock, and the server's neither stands still nor runs.
    @Test(arguments: [
        (#"{"freeze":true}"#, 409), (#"{"speed":60}"#, 409), (#"{"speed":0.5,"advance_ms":5}"#, 409),
        (#"{"speed":1}"#, 200), (#"{"freeze":false}"#, 200), (#"{"advance_seconds":60}"#, 200),
    ])
    func `a server's clock moves in steps only`(_ body: String, _ status: Int) async throws {
        try await Sandbox.run {
            $0.isClockOfServer = true
        } _: { sandbox in
            let answer = try await sandbox.post("/_sandbox/clock", body)
            #expect(answer.status == status)
            if status == 409 { #expect(answer.body["error"]["message"].string.contains("gangway clock advance")) }
            let clock = try await sandbox.get("/_sandbox/clock").body
            #expect(clock["speed"].int == 1 && clock["goes_with_server"].bool == true)
        }
    }

    @Test func `a kept world that stood still goes on when a server takes it`() async throws {
        try await PersistenceTests.inFolder { folder in
            try await Sandbox.run({ $0.dataDirectory = folder }) { sandbox in
                let clock = try await Self.set(#"{"freeze":true}"#, sandbox)
                #expect(clock["speed"].int == 0)
            }
            try await Sandbox.run({
                $0.dataDirectory = folder
                $0.isClockOfServer = true
            }) { sandbox in
                let clock = try await sandbox.get("/_sandbox/clock").body
                #expect(clock["speed"].int == 1)
            }
        }
    }

    @Test func `a server cannot move a clock that it could not follow`() async throws {
        try await Sandbox.run { sandbox in
            let before = try await Self.set(#"{"freeze":true}"#, sandbox)
            let refused = try await sandbox.post("/_sandbox/clock", #"{"advance_ms":5,"offset_at_least_ms":60000}"#)
            #expect(refused.status == 409)
            #expect(try await sandbox.get("/_sandbox/clock").body["now_ms"] == before["now_ms"])
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
