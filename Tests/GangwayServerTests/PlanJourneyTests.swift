// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import TestSupport
import Testing

/// The other ways aboard, over HTTP against the simulator. Source: DESIGN section 5; seed 001; Meta,
/// onboarding-business-app-users and share-and-revoke-credit-lines.
struct PlanJourneyTests {
    private struct Account: Decodable {
        struct Sync: Decodable {
            let sync: String
            let state: String
        }

        let business_app_syncs: [Sync]
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `a number of the phone app comes aboard without a registration`(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            let signup = try await server.sandbox.signUp(#"{"flow": "business_app"}"#)
            let begun: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings",
                #"""
                {"customer_id": "\#(server.credentials.customer.id)", "code": "\#(signup.code ?? "")",
                 "signup_event": "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", "waba_id": "\#(signup.waba_id)",
                 "currency": "USD"}
                """#)
            try await server.waitUntilLive(begun.id, server.partner)
            let calls = try await server.sandbox.calls()
            #expect(calls.count { $0.effect == "requested_sync" } == 2)
            #expect(calls.count { $0.operation == "register" } == 0)
            // Meta's samples of what was asked for come by webhook.
            try await server.activity.until {
                let account: Account = try await server.partner.get("/api/v1/wabas/\(signup.waba_id)")
                #expect(account.business_app_syncs.map(\.sync) == ["contacts", "history"])
                return account.business_app_syncs.allSatisfy { $0.state == "receiving" || $0.state == "complete" }
            }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a signup's event and a flow that disagree are refused`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let refusal = await #expect(throws: Caller.Refused.self) {
                let _: AnyAnswer = try await server.partner.post(
                    "/api/v1/onboardings",
                    #"""
                    {"customer_id": "\#(server.credentials.customer.id)", "code": "AQx", "flow": "embedded_signup",
                     "signup_event": "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING"}
                    """#)
            }
            #expect(refusal?.status == 400)
        }
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `the tester writes, we answer, and the statuses come back`(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            let signup = try await server.sandbox.signUp()
            let begun = try await begin(signup, #"{"recipient": "+1 650 555 1234", "text": "Hello back"}"#, server)
            try await server.activity.until {
                let current: OnboardingAnswer = try await server.partner.get("/api/v1/onboardings/\(begun.id)")
                return current.steps.contains { $0.kind == "verify_messaging" && $0.state == "waiting" }
            }
            #expect(try await server.sandbox.calls().count { $0.effect == "sent_message" } == 0)
            try await server.sandbox.write(to: signup.phone_number_id, "Is this you?")
            try await server.waitUntilLive(begun.id, server.partner)
            #expect(try await server.sandbox.calls().count { $0.effect == "sent_message" } == 1)
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a template goes out where nobody writes first`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let signup = try await server.sandbox.signUp()
            let begun = try await begin(signup, #"{"recipient": "+16505551234", "method": "template"}"#, server)
            try await server.waitUntilLive(begun.id, server.partner)
            #expect(try await server.sandbox.calls().count { $0.effect == "sent_message" } == 1)
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a test message that Meta refuses is named, and the run can go on without it`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let signup = try await server.sandbox.signUp()
            let begun = try await begin(
                signup,
                #"{"recipient": "+16505551234", "method": "template", "template": {"name": "other", "language": "de"}}"#,
                server)
            try await server.activity.until {
                let current: OnboardingAnswer = try await server.partner.get("/api/v1/onboardings/\(begun.id)")
                return current.reason == "test_message_failed"
            }
            let _: AnyAnswer = try await server.partner.post(
                "/api/v1/onboardings/\(begun.id)/resume", #"{"skip": true}"#)
            try await server.waitUntilLive(begun.id, server.partner)
        }
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `an app that is set to it shares its line in two calls`(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            let app = server.credentials.metaApp
            let _: AnyAnswer = try await server.operator.put(
                "/api/v1/apps/\(app.appID)",
                #"""
                {"kind": "solution_partner", "business_id": "\#(app.businessID)", "credit_sharing": "two_step",
                 "extended_credit_line_id": "\#(app.extendedCreditLineID)",
                 "system_user_id": "\#(try await systemUser(server))"}
                """#)
            let signup = try await server.sandbox.signUp()
            let begun: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings",
                #"""
                {"customer_id": "\#(server.credentials.customer.id)", "code": "\#(signup.code ?? "")", "currency": "EUR"}
                """#)
            try await server.waitUntilLive(begun.id, server.partner)
            let calls = try await server.sandbox.calls()
            #expect(calls.count { $0.operation == "share_credit" } == 0)
            #expect(calls.count { $0.effect == "shared_credit" } == 1)
            #expect(calls.count { $0.effect == "attached_credit" } == 1)
        }
    }

    private struct App: Decodable {
        let system_user_id: String
    }

    private func systemUser(_ server: LocalServer) async throws -> String {
        let app: App = try await server.operator.get("/api/v1/apps/\(server.credentials.metaApp.appID)")
        return app.system_user_id
    }

    private func begin(
        _ signup: SignupAnswer, _ check: String, _ server: LocalServer
    ) async throws -> OnboardingAnswer {
        try await server.partner.post(
            "/api/v1/onboardings",
            #"""
            {"customer_id": "\#(server.credentials.customer.id)", "code": "\#(signup.code ?? "")", "currency": "USD",
             "options": {"verify_messaging": \#(check)}}
            """#)
    }
}
