// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import TestSupport
import Testing

/// A number leaves another provider for a WABA that is live here, against the simulator.
struct MigrationJourneyTests {
    private struct Stage {
        let server: LocalServer
        let waba: String

        /// A live customer.
        static func with(_ database: ServerDatabase, _ body: (Stage) async throws -> Void) async throws {
            try await LocalServer.with(database) { server in
                let signup = try await server.sandbox.signUp()
                let begun: OnboardingAnswer = try await server.partner.post(
                    "/api/v1/onboardings",
                    #"""
                    {"customer_id": "\#(server.credentials.customer.id)", "code": "\#(signup.code ?? "")",
                     "currency": "USD"}
                    """#)
                try await server.waitUntilLive(begun.id, server.partner)
                try await body(Stage(server: server, waba: signup.waba_id))
            }
        }

        func move(_ old: SignupAnswer) async throws -> OnboardingAnswer {
            try await server.partner.post(
                "/api/v1/onboardings",
                #"""
                {"customer_id": "\#(server.credentials.customer.id)", "flow": "number_migration", "waba_id": "\#(waba)",
                 "migration": {"country_code": "1", "phone_number": "\#(old.number.dropFirst(2))",
                               "verified_name": "Lucky Shrub"}}
                """#)
        }

        /// The test's time limit ends the asking.
        func reached(_ reason: String, _ id: String) async throws {
            _ = try await server.found(id) { $0.reason == reason }
        }

        func resume(_ id: String, _ body: String) async throws {
            let _: AnyAnswer = try await server.partner.post("/api/v1/onboardings/\(id)/resume", body)
        }
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `asks for the code, verifies and registers`(_ database: ServerDatabase) async throws {
        try await Stage.with(database) { stage in
            let old = try await stage.server.sandbox.signUp(#"{"send_webhooks": false}"#)
            let run = try await stage.move(old)
            try await stage.reached("verification_code_needed", run.id)
            try await stage.resume(run.id, #"{"verification_code": "000000"}"#)
            try await stage.reached("verification_code_wrong", run.id)
            try await stage.resume(run.id, #"{"resend_code": true}"#)
            try await stage.reached("verification_code_needed", run.id)
            try await stage.resume(run.id, #"{"verification_code": "\#(old.number.suffix(6))"}"#)
            try await stage.server.waitUntilLive(run.id, stage.server.partner)
            let calls = try await stage.server.sandbox.calls()
            #expect(calls.count { $0.effect == "added_phone_number" } == 1)
            #expect(calls.count { $0.effect == "requested_code" } == 2)
            #expect(calls.count { $0.effect == "registered" } == 2)
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `two-step verification that is on at the present provider is named`() async throws {
        try await Stage.with(.sqlite) { stage in
            let old = try await stage.server.sandbox.signUp(#"{"send_webhooks": false, "pin": "999999"}"#)
            let run = try await stage.move(old)
            try await stage.reached("two_step_verification_on", run.id)
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `nobody moves a number to a WABA that is not theirs`() async throws {
        try await Stage.with(.sqlite) { stage in
            let other = try await stage.server.addPartner("Other")
            let refusal = await #expect(throws: Caller.Refused.self) {
                let _: AnyAnswer = try await other.caller.post(
                    "/api/v1/onboardings",
                    #"""
                    {"customer_id": "\#(other.customer)", "flow": "number_migration", "waba_id": "\#(stage.waba)",
                     "migration": {"country_code": "1", "phone_number": "5552010000", "verified_name": "X"}}
                    """#)
            }
            #expect(refusal?.status == 404)
        }
    }
}
