// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import TestSupport
import Testing

/// A live customer leaves, and the server dies on the way. Source: DESIGN section 5, `offboarding`.
struct LeavingRun: Sendable {
    let run: KillRun

    func play() async throws {
        let (partner, signup) = try await dieAtPoint()
        let server = try await ServerProcess.start(at: run.place)
        defer { server.process.kill() }
        let ends = EventName.ends.subtracting([EventName.onboarded]).union([EventName.offboarded])
        let end = try await within(.seconds(40), "the end of an offboarding") { try await partner.next(ends) }
        #expect(end.type == EventName.offboarded)
        #expect(end.data.waba_id == signup.waba_id)

        let list: ListAnswer<OnboardingAnswer> = try await server.partner.get("/api/v1/onboardings")
        #expect(list.data.map(\.state) == ["offboarded", "offboarded"])
        let leaving = try #require(list.data.first { $0.steps.first?.kind == StepKind.unsubscribeApp.rawValue })
        #expect(leaving.steps.map(\.kind) == run.point.scenario.steps.map(\.rawValue))
        #expect(leaving.steps.allSatisfy { $0.state == "done" }, "\(leaving)")
        let events: ListAnswer<EventAnswer> = try await server.partner.get(
            "/api/v1/events?limit=100&onboarding_id=\(leaving.id)")
        #expect(events.data.count { $0.type == EventName.offboarded } == 1)
        let calls = try await run.sandbox.calls()
        #expect(calls.count { $0.effect == "revoked_credit" } == 1)
        #expect(calls.count { $0.effect == "shared_credit" } == 1)
    }

    private func dieAtPoint() async throws -> (Partner, SignupAnswer) {
        let server = try await ServerProcess.start(at: run.place, crashAt: "\(run.point.checkpoint)")
        defer { server.process.kill() }
        let partner = try await Partner.subscribe(run.receiver, to: server)
        let signup = try await run.point.scenario.signUp(at: run.sandbox)
        try await run.point.scenario.begin(at: server, for: signup, callback: run.receiver.url)
        #expect(try await partner.end(at: server).type == EventName.onboarded)
        let request = Task { () -> (any Error)? in
            do {
                let _: AnyAnswer = try await server.partner.post("/api/v1/wabas/\(signup.waba_id)/offboard", "{}")
                return nil
            } catch {
                return error
            }
        }
        let exit = await server.process.exit(within: .seconds(30))
        let refusal = await request.value
        try #require(
            exit == .signal(SIGKILL),
            "never reached \(run.point.checkpoint); \(refusal.map { "\($0)" } ?? "accepted"); \(server.process.errors)")
        return (partner, signup)
    }
}
