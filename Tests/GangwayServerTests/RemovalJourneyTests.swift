// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import TestSupport
import Testing

/// A customer who removes us, or never finished: against the simulator. Source: pitfall P11; Meta, `PARTNER_REMOVED`, `CANCEL`.
struct RemovalJourneyTests {
    private func goLive(_ server: LocalServer) async throws -> SignupAnswer {
        let signup = try await server.sandbox.signUp()
        let begun: OnboardingAnswer = try await server.partner.post(
            "/api/v1/onboardings",
            #"""
            {"customer_id": "\#(server.credentials.customer.id)", "code": "\#(signup.code ?? "")", "currency": "USD"}
            """#)
        try await server.waitUntilLive(begun.id, server.partner)
        return signup
    }

    private func remove(_ signup: SignupAnswer, _ server: LocalServer) async throws {
        try await server.sandbox.emit(
            #"{"field": "account_update", "event": "PARTNER_REMOVED", "waba_id": "\#(signup.waba_id)"}"#)
    }

    private struct App: Decodable {
        let system_user_id: String
    }

    private struct Account: Decodable {
        let state: String
    }

    private func allow(_ server: LocalServer) async throws {
        let app = server.credentials.metaApp
        let known: App = try await server.operator.get("/api/v1/apps/\(app.appID)")
        let _: AnyAnswer = try await server.operator.put(
            "/api/v1/apps/\(app.appID)",
            #"""
            {"kind": "solution_partner", "business_id": "\#(app.businessID)", "offboard_on_removal": true,
             "extended_credit_line_id": "\#(app.extendedCreditLineID)", "system_user_id": "\#(known.system_user_id)"}
            """#)
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all, [true, false])
    func `the credit line of a customer who removed us is taken back where that is allowed`(
        _ database: ServerDatabase, isAllowed: Bool
    ) async throws {
        try await LocalServer.with(database) { server in
            if isAllowed { try await allow(server) }
            let signup = try await goLive(server)
            try await remove(signup, server)
            let end = isAllowed ? "offboarded" : "disconnected"
            try await server.activity.until {
                try await (server.partner.get("/api/v1/wabas/\(signup.waba_id)") as Account).state == end
            }
            let revoked = try await server.sandbox.calls().count { $0.effect == "revoked_credit" }
            #expect(revoked == (isAllowed ? 1 : 0))
        }
    }

    private struct Told: Decodable {
        let actor: String
        let remedy: String
    }

    @Test(.timeLimit(.minutes(10)))
    func `a customer who left the window is told of once, with what can be done`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let body = #"""
                {"customer_id": "\#(server.credentials.customer.id)", "current_step": "PHONE_NUMBER_SETUP",
                 "session_id": "s1"}
                """#
            let told: Told = try await server.partner.post("/api/v1/signups/abandoned", body)
            let _: Told = try await server.partner.post("/api/v1/signups/abandoned", body)
            #expect(told.actor == "partner" && told.remedy.contains("phone number"))
            let events: ListAnswer<EventAnswer> = try await server.partner.get("/api/v1/events?limit=50")
            let abandoned = events.data.filter { $0.type == "whatsapp.signup.abandoned" }
            #expect(abandoned.count == 1 && abandoned.first?.data.reason == "signup_abandoned")
            let other = try await server.addPartner("Other")
            let refusal = await #expect(throws: Caller.Refused.self) {
                let _: Told = try await other.caller.post("/api/v1/signups/abandoned", body)
            }
            #expect(refusal?.status == 404)
        }
    }
}
