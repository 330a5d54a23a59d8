// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

@testable import GraphClient

@Suite struct GraphClientThrottleTests {
    private let read = ReadWABA(Sample.waba, token: Sample.businessToken)
    private let success = #"{"id":"102290129340398"}"#

    private func limited(code: Int, headers: [String: String] = [:]) -> Result<TransportAnswer, TransportFailure> {
        .success(.json(#"{"error":{"message":"limit","code":\#(code)}}"#, status: 400, headers: headers))
    }

    @Test func `after a limit error further calls of the WABA fail unsent until the time is over`() async throws {
        let example = try Example("rate-limit-headers", "throttled")
        let headers = Dictionary(uniqueKeysWithValues: example.headers.map { ($0.key.lowercased(), $0.value) })
        let transport = ScriptedTransport([
            .success(.json(example.answer, status: 400, headers: headers)), .success(.json(success)),
        ])
        let clock = StillClock()
        let client = GraphClient.scripted(transport, clock: clock)

        let first = await graphError { try await client.send(read) }
        #expect(first?.class == .wait)
        #expect(first?.retryAfter == .minutes(19))

        let held = await graphError { try await client.send(read) }
        #expect(held?.class == .wait)
        #expect(held?.reach == .notSent)
        #expect(held?.retryAfter == .minutes(19))
        #expect(transport.calls.count == 1)

        clock.advance(by: .minutes(19))
        #expect(try await client.send(read).id == Sample.waba)
        #expect(clock.slept.isEmpty)
    }

    @Test func `another WABA goes on`() async throws {
        let transport = ScriptedTransport([limited(code: 80_007), .success(.json(success))])
        let client = GraphClient.scripted(transport)
        _ = await graphError { try await client.send(read) }
        _ = try await client.send(ReadWABA(WABAID("7"), token: Sample.businessToken))
        #expect(transport.calls.count == 2)
    }

    @Test func `the app's limit holds every token but never a code exchange`() async throws {
        let transport = ScriptedTransport([limited(code: 4), .success(.json(#"{"access_token":"EAAJx"}"#))])
        let client = GraphClient.scripted(transport)
        _ = await graphError { try await client.send(read) }
        let held = await graphError {
            try await client.send(ReadSolution(Sample.solution, token: Sample.systemToken))
        }
        #expect(held?.reach == .notSent)
        #expect(try await client.send(ExchangeCode(code: Sample.code)).token.secret == "EAAJx")
    }

    @Test func `a registration lock of one number holds nothing else of it`() async throws {
        let transport = ScriptedTransport([
            limited(code: 133_016), .success(.json(#"{"id":"106540352242922","status":"PENDING"}"#)),
        ])
        let client = GraphClient.scripted(transport)
        let register = RegisterPhoneNumber(Sample.phone, pin: RegistrationPIN("212834"), token: Sample.businessToken)
        let locked = await graphError { try await client.send(register) }
        #expect(locked?.retryAfter == .hours(72))
        let number = try await client.send(ReadPhoneNumber(Sample.phone, token: Sample.businessToken))
        #expect(number.status == "PENDING")
    }

    @Test func `near the limit a call waits on the world's clock first`() async throws {
        let usage = ["x-app-usage": #"{"call_count":80}"#]
        let transport = ScriptedTransport([.success(.json(success, headers: usage))])
        let clock = StillClock()
        let client = GraphClient.scripted(transport, clock: clock)
        _ = try await client.send(read)
        #expect(clock.slept.isEmpty)
        _ = try await client.send(read)
        #expect(clock.slept == [.milliseconds(380)])
    }
}
