// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GangwayServer
import TestSupport
import Testing

/// A number moves to a live customer's WABA from another provider, and the server dies on the way.
/// Source: DESIGN section 4, "Intent before effect"; Meta, add phone number.
struct MovingRun: Sendable {
    let run: KillRun

    func play() async throws {
        let (partner, waba, old) = try await dieAtPoint()
        let server = try await ServerProcess.start(at: run.place)
        defer { server.process.kill() }
        let id = try await theRun(server)
        var current: OnboardingAnswer
        repeat {
            try await bringCode(id, old, server)
            current = try await server.partner.get("/api/v1/onboardings/\(id)")
        } while current.state != "live"
        #expect(current.waba_id == waba && current.phone_number_id != old.phone_number_id)
        let calls = try await run.sandbox.calls()
        #expect(calls.count { $0.effect == "added_phone_number" } == 1)
        #expect(calls.count { $0.effect == "verified_code" } == 1)
        #expect(calls.count { $0.effect == "requested_code" } <= 2)
        #expect(calls.count { $0.effect == "registered" } == 2)
        let end = try await within(.seconds(40), "the end of a move") { try await partner.next([EventName.onboarded]) }
        #expect(end.data.onboarding_id == id)
    }

    private func theRun(_ server: ServerProcess) async throws -> String {
        let list: ListAnswer<OnboardingAnswer> = try await server.partner.get("/api/v1/onboardings")
        let moving = list.data.first { $0.steps.first?.kind == StepKind.addPhoneNumber.rawValue }
        return try #require(moving).id
    }

    /// Once the run asks for it, or for another; nothing when the run has ended.
    private func bringCode(_ id: String, _ old: SignupAnswer, _ server: ServerProcess) async throws {
        while true {
            let current: OnboardingAnswer = try await server.partner.get("/api/v1/onboardings/\(id)")
            if current.state == "live" { return }
            if current.state == "action_required" {
                // A code whose request never left cannot be right.
                let isWrong = current.reason == FailureReason.verificationCodeWrong.rawValue
                let given =
                    isWrong ? #"{"resend_code": true}"# : #"{"verification_code": "\#(old.number.suffix(6))"}"#
                let _: AnyAnswer = try await server.partner.post("/api/v1/onboardings/\(id)/resume", given)
                return
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func dieAtPoint() async throws -> (Partner, String, SignupAnswer) {
        let server = try await ServerProcess.start(at: run.place, crashAt: "\(run.point.checkpoint)")
        defer { server.process.kill() }
        let partner = try await Partner.subscribe(run.receiver, to: server)
        let signup = try await run.point.scenario.signUp(at: run.sandbox)
        try await run.point.scenario.begin(at: server, for: signup, callback: run.receiver.url)
        #expect(try await partner.end(at: server).type == EventName.onboarded)
        // The other provider's.
        let old = try await run.sandbox.signUp(#"{"send_webhooks": false}"#)
        let request = Task { () -> (any Error)? in
            do {
                let _: AnyAnswer = try await server.partner.post(
                    "/api/v1/onboardings",
                    #"""
                    {"customer_id": "\#(server.credentials.customer.id)", "flow": "number_migration",
                     "waba_id": "\#(signup.waba_id)", "migration": {"country_code": "1",
                     "phone_number": "\#(old.number.dropFirst(2))", "verified_name": "Lucky Shrub"}}
                    """#)
                try await bringCode(try await theRun(server), old, server)
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
        return (partner, signup.waba_id, old)
    }
}
