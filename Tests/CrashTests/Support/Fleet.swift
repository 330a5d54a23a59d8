// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Many onboardings at once, and what must hold for all of them in the end.
struct Fleet: Sendable {
    let signups: [SignupAnswer]
    let sandbox: SandboxCaller

    /// So many customers finish Embedded Signup; from then on every call to Meta takes `latencyMilliseconds`.
    static func signUp(_ count: Int, at sandbox: SandboxCaller, latencyMilliseconds: Int) async throws -> Fleet {
        var signups: [SignupAnswer] = []
        for _ in 0..<count { signups.append(try await sandbox.signUp()) }
        try await sandbox.addFault(
            #"{"operation": "*", "times": 1000000, "latency_ms": \#(latencyMilliseconds)}"#)
        return Fleet(signups: signups, sandbox: sandbox)
    }

    /// Returns when all are accepted, their codes exchanged. Taken in turn by the callers.
    func begin(by callers: [Caller], customer: String) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, signup) in signups.enumerated() {
                let code = try #require(signup.code)
                group.addTask {
                    let _: AnyAnswer = try await callers[index % callers.count].post(
                        "/api/v1/onboardings",
                        #"{"customer_id": "\#(customer)", "code": "\#(code)", "currency": "USD"}"#)
                }
            }
            try await group.waitForAll()
        }
        try await exchanged(callers[0])
    }

    /// A request waits at most 10 s for its exchange; on a busy machine some exchanges go on after the answer.
    private func exchanged(_ caller: Caller) async throws {
        while true {
            let list: ListAnswer<OnboardingAnswer> = try await caller.get("/api/v1/onboardings?limit=100")
            if list.data.allSatisfy({ $0.steps.first?.state == "done" }) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Returns when every one has gone live, as told by webhooks.
    func wentLive(_ partner: Partner) async throws {
        var missing = Set(signups.map(\.waba_id))
        while !missing.isEmpty {
            let event = try await partner.next(EventName.ends)
            try #require(event.type == EventName.onboarded, "\(event.data.step ?? "") \(event.data.reason ?? "")")
            missing.remove(try #require(event.data.waba_id))
        }
    }

    func checkCalls() async throws {
        let calls = try await sandbox.calls()
        #expect(calls.count { $0.operation == "exchange_code" } == signups.count)
        for signup in signups {
            #expect(calls.count { $0.effect == "shared_credit" && $0.ids.contains(signup.waba_id) } == 1)
            #expect(calls.count { $0.effect == "registered" && $0.ids.contains(signup.phone_number_id) } == 1)
        }
    }

    /// Each onboarding was told of under one id, however often it came.
    func checkEvents(_ partner: Partner, at caller: Caller) async throws {
        let events: ListAnswer<EventAnswer> = try await caller.get(
            "/api/v1/events?limit=100&type=\(EventName.onboarded)")
        #expect(events.data.count == signups.count)
        #expect(Set(try partner.ids(of: EventName.onboarded)) == Set(events.data.map(\.id)))
        let running: ListAnswer<OnboardingAnswer> = try await caller.get("/api/v1/onboardings?state=running")
        #expect(running.data.isEmpty)
    }
}
