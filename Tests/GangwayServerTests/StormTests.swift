// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// Two hundred onboardings at once while Meta is slow, fails, throttles and hangs up.
@Suite(.serialized)
struct StormTests {
    private static let count = 200
    private static let begunAtOnce = 40

    /// Tried in this order; the first that fits a call is spent on it.
    private static let faults = [
        // The answer to an exchange is lost, before and after the effect.
        #"{"operation": "exchange_code", "times": 5, "probability": 0.1, "drop": "before"}"#,
        #"{"operation": "exchange_code", "times": 5, "probability": 0.1, "drop": "after"}"#,
        #"{"operation": "share_credit", "times": 15, "probability": 0.2, "drop": "after"}"#,
        #"{"operation": "share_credit", "times": 15, "probability": 0.2, "drop": "before"}"#,
        #"{"operation": "share_credit", "times": 10, "probability": 0.2, "status": 500, "code": 2, "after_effect": true}"#,
        #"{"operation": "register", "times": 15, "probability": 0.2, "drop": "after"}"#,
        #"{"operation": "register", "times": 15, "probability": 0.2, "drop": "before"}"#,
        #"{"operation": "register", "times": 10, "probability": 0.2, "status": 503, "code": 133004}"#,
        #"{"operation": "subscribe_app", "times": 5, "probability": 0.1, "code": 80007, "retry_after": 1}"#,
        // The whole app's limit: nothing more is called for a minute.
        #"{"operation": "register", "times": 2, "probability": 0.1, "code": 4}"#,
        #"{"operation": "read_waba", "times": 30, "probability": 0.1, "body": "<html>Bad Gateway</html>", "status": 502}"#,
        #"{"operation": "*", "times": 60, "probability": 0.03, "status": 500, "code": 1}"#,
        #"{"operation": "*", "times": 60, "probability": 0.03, "drop": "before"}"#,
        #"{"operation": "*", "times": 100000, "probability": 0.3, "latency_ms": 80}"#,
    ]

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `every onboarding of a stormy hour ends well or says what it waits for`(_ database: ServerDatabase)
        async throws
    {
        try await LocalServer.with(database) { server in
            for fault in Self.faults { try await server.sandbox.addFault(fault) }
            let signups = try await begin(at: server)
            let ends = try await afterTheStorm(server)
            #expect(ends.count == Self.count)
            for end in ends { check(end) }
            #expect(ends.count { $0.state == "live" } >= Self.count / 2)
            try await checkCalls(server, signups)
        }
    }

    /// Each is begun as its signup ends, some at a time: a code lives 30 s, also on a machine with much else to do.
    private func begin(at server: LocalServer) async throws -> [SignupAnswer] {
        try await withThrowingTaskGroup(of: SignupAnswer.self) { group in
            var signups: [SignupAnswer] = []
            for index in 0..<Self.count {
                if index >= Self.begunAtOnce, let begun = try await group.next() { signups.append(begun) }
                group.addTask { try await beginOne(at: server) }
            }
            return try await group.reduce(into: signups) { $0.append($1) }
        }
    }

    private func beginOne(at server: LocalServer) async throws -> SignupAnswer {
        let signup = try await server.sandbox.signUp()
        let code = try #require(signup.code)
        let _: AnyAnswer = try await server.partner.post(
            "/api/v1/onboardings",
            #"{"customer_id": "\#(server.credentials.customer.id)", "code": "\#(code)", "currency": "USD"}"#)
        return signup
    }

    /// All of them, once each is at rest. Backoffs and the times that Meta names pass in the test world, a step at a time, so that
    /// what is due is done before more becomes due.
    private func afterTheStorm(_ server: LocalServer) async throws -> [OnboardingAnswer] {
        // A code lives 30 s by the same clock: it stands still until each is exchanged or lost.
        for onboarding in try await all(server) {
            _ = try await server.found(onboarding.id) { !Self.holdsACode($0) }
        }
        while true {
            while try await isAny("running", server) { try await step(server) }
            let ends = try await all(server)
            if !ends.contains(where: Self.isOpen) { return ends }
            try await step(server)
        }
    }

    private func step(_ server: LocalServer) async throws {
        let _: AnyAnswer = try await server.operator.post("/api/v1/clock", #"{"advance_seconds": 5}"#)
        try await server.activity.pass(20)
    }

    private static func isOpen(_ onboarding: OnboardingAnswer) -> Bool {
        onboarding.state == "running" || onboarding.state == "waiting"
    }

    private static func holdsACode(_ onboarding: OnboardingAnswer) -> Bool {
        isOpen(onboarding) && onboarding.steps.contains { $0.kind == "exchange_code" && $0.state != "done" }
    }

    private func isAny(_ state: String, _ server: LocalServer) async throws -> Bool {
        let found: ListAnswer<OnboardingAnswer> = try await server.partner.get(
            "/api/v1/onboardings?state=\(state)&limit=1")
        return !found.data.isEmpty
    }

    private func all(_ server: LocalServer) async throws -> [OnboardingAnswer] {
        var onboardings: [OnboardingAnswer] = []
        var cursor: String?
        repeat {
            let page: ListAnswer<OnboardingAnswer> = try await server.partner.get(
                "/api/v1/onboardings?limit=100" + (cursor.map { "&cursor=\($0)" } ?? ""))
            onboardings += page.data
            cursor = page.next_cursor
        } while cursor != nil
        return onboardings
    }

    /// Live; or stopped because the code's answer was lost, or because the storm kept it from going out for 30 s.
    private func check(_ end: OnboardingAnswer) {
        switch end.state {
        case "live": #expect(end.steps.allSatisfy { $0.state == "done" || $0.state == "skipped" }, "\(end)")
        case "action_required": #expect(["code_exchange_unknown", "code_expired"].contains(end.reason), "\(end)")
        default: Issue.record("\(end)")
        }
    }

    private func checkCalls(_ server: LocalServer, _ signups: [SignupAnswer]) async throws {
        let calls = try await server.sandbox.calls()
        #expect(calls.count { $0.operation == "exchange_code" } == Self.count, "a code was sent twice")
        #expect(calls.contains { $0.fault != nil })
        #expect(calls.contains { $0.error_code == 4 }, "the app's own limit was never met")
        for signup in signups {
            let credit = calls.filter { $0.operation == "share_credit" && $0.ids.contains(signup.waba_id) }
            #expect(credit.count { $0.effect == "shared_credit" } <= 1)
            let tries = calls.filter { $0.operation == "register" && $0.ids.contains(signup.phone_number_id) }
            #expect(tries.count { $0.effect == "registered" } <= 1)
            #expect(
                tries.count <= 1 + tries.count { $0.fault != nil && $0.status != 200 }, "more registrations than needed"
            )
            #expect(Set(tries.compactMap(\.pin_digest)).count <= 1, "a registration with another PIN")
        }
    }
}
