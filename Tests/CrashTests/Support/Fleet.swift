// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Many onboardings at once, and what must hold for all of them in the end.
struct Fleet: Sendable {
    let signups: [SignupAnswer]
    let sandbox: SandboxCaller

    /// So many customers finish Embedded Signup, and each is begun at once, since its code lives 30 s; taken in turn by the
    /// callers. Every call to Meta takes `latencyMilliseconds`. Returns when all codes are exchanged: a request waits at
    /// most 10 s for that, and on a busy machine some exchanges go on after the answer.
    static func begin(
        _ count: Int, at sandbox: SandboxCaller, latencyMilliseconds: Int, by callers: [Caller], customer: String,
        heardBy partner: Partner
    ) async throws -> Fleet {
        try await sandbox.addFault(
            #"{"operation": "*", "times": 1000000, "latency_ms": \#(latencyMilliseconds)}"#)
        let signups = try await withThrowingTaskGroup(of: SignupAnswer.self) { group in
            for index in 0..<count {
                group.addTask {
                    let signup = try await sandbox.signUp()
                    let _: AnyAnswer = try await callers[index % callers.count].post(
                        "/api/v1/onboardings",
                        #"{"customer_id": "\#(customer)", "code": "\#(signup.code ?? "")", "currency": "USD"}"#)
                    return signup
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        var exchanged: Set<String> = []
        while exchanged.count < count {
            let event = try await partner.next([EventName.failed, EventName.stepCompleted])
            try #require(event.type != EventName.failed, "\(event.data.step ?? "") \(event.data.reason ?? "")")
            if event.data.step == "exchange_code" { exchanged.insert(try #require(event.data.onboarding_id)) }
        }
        return Fleet(signups: signups, sandbox: sandbox)
    }

    /// Those not live yet.
    func unfinished(at caller: Caller) async throws -> Set<String> {
        Set(try await list(at: caller).filter { $0.state != "live" }.map(\.id))
    }

    /// For each of these, all live by now, the time until its first step since `start` ended, by the servers' clock. Left
    /// out are those whose last step had ended before: its commit was under way.
    func waits(of ids: Set<String>, since start: Date, at caller: Caller) async throws -> [TimeInterval] {
        try await list(at: caller).filter { ids.contains($0.id) }.compactMap { onboarding in
            let ends = try onboarding.steps.compactMap(\.finished_at).map { try Date($0, strategy: Self.timestamps) }
            return ends.filter { $0 > start }.min()?.timeIntervalSince(start)
        }
    }

    private static let timestamps = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private func list(at caller: Caller) async throws -> [OnboardingAnswer] {
        let list: ListAnswer<OnboardingAnswer> = try await caller.get("/api/v1/onboardings?limit=100")
        try #require(list.data.count == signups.count)
        return list.data
    }

    /// Returns when every one has gone live, as told by webhooks.
    func wentLive(_ partner: Partner) async throws {
        var missing = Set(signups.map(\.waba_id))
        for event in try partner.events(of: EventName.onboarded) { missing.remove(event.data.waba_id ?? "") }
        while !missing.isEmpty {
            let event = try await partner.next(EventName.ends)
            try #require(event.isWell, "\(event.data.step ?? "") \(event.data.reason ?? "")")
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
