// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import TestSupport
import Testing

/// One signup that brings several WABAs, and one WABA with several numbers, against the simulator.
struct SeveralJourneyTests {
    private struct Run: Decodable {
        let id: String
        let state: String
        let reason: String?
        let waba_id: String?
        let parent_id: String?
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `each WABA of a signup comes aboard by a run of its own, and one that cannot is named`(
        _ database: ServerDatabase
    ) async throws {
        try await LocalServer.with(database) { server in
            let business = "7700112233445577"
            let first = try await server.sandbox.signUp(#"{"business": {"id": "\#(business)"}, "pin": "999999"}"#)
            let second = try await server.sandbox.signUp(#"{"business": {"id": "\#(business)"}}"#)
            let begun: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings",
                #"""
                {"customer_id": "\#(server.credentials.customer.id)", "code": "\#(second.code ?? "")", "currency": "USD",
                 "waba_ids": ["\#(second.waba_id)", "\#(first.waba_id)"]}
                """#)
            try await server.waitUntilLive(begun.id, server.partner)
            let children = try await server.activity.answer {
                let children: ListAnswer<Run> = try await server.partner.get(
                    "/api/v1/onboardings?parent_id=\(begun.id)")
                return children.data.first?.state == "action_required" ? children : nil
            }
            #expect(children.data.count == 1)
            let stopped = try #require(children.data.first)
            #expect(stopped.waba_id == first.waba_id && stopped.parent_id == begun.id)
            #expect(stopped.reason == "pin_mismatch")
            let _: AnyAnswer = try await server.partner.post(
                "/api/v1/onboardings/\(stopped.id)/resume", #"{"pin": "999999"}"#)
            try await server.waitUntilLive(stopped.id, server.partner)
            let calls = try await server.sandbox.calls()
            #expect(calls.count { $0.effect == "exchanged_code" } == 1)
            #expect(calls.count { $0.effect == "registered" } == 2)
        }
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `every number of a WABA is registered`(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            let first = try await server.sandbox.signUp()
            let second = try await server.sandbox.signUp(
                #"{"waba": {"id": "\#(first.waba_id)"}, "phone_number": "+15552019999"}"#)
            let begun: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings",
                #"""
                {"customer_id": "\#(server.credentials.customer.id)", "code": "\#(second.code ?? "")", "currency": "USD"}
                """#)
            try await server.waitUntilLive(begun.id, server.partner)
            let registered = try await server.sandbox.calls().filter { $0.effect == "registered" }.flatMap(\.ids)
            #expect(Set(registered).isSuperset(of: [first.phone_number_id, second.phone_number_id]))
        }
    }

    private struct Live: Decodable {
        struct Action: Decodable {
            let actor: String
        }

        let actions: [Action]
    }

    @Test(.timeLimit(.minutes(10)), arguments: [true, false])
    func `a tech provider's customer is told to add a payment method while there is none`(isThere: Bool) async throws {
        try await LocalServer.with(.sqlite) { server in
            let app = server.credentials.metaApp
            let _: AnyAnswer = try await server.operator.put(
                "/api/v1/apps/\(app.appID)", #"{"kind": "tech_provider", "business_id": "\#(app.businessID)"}"#)
            let signup = try await server.sandbox.signUp(#"{"payment_method": \#(isThere)}"#)
            let begun: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings",
                #"""
                {"customer_id": "\#(server.credentials.customer.id)", "code": "\#(signup.code ?? "")",
                 "options": {"enable_template_analytics": true}}
                """#)
            try await server.waitUntilLive(begun.id, server.partner)
            let live: Live = try await server.partner.get("/api/v1/onboardings/\(begun.id)")
            #expect(live.actions.map(\.actor) == (isThere ? [] : ["customer"]))
            #expect(try await server.sandbox.calls().contains { $0.operation == "update_waba" })
        }
    }
}
