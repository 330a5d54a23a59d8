// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// Naming another partner's WABA gives nothing and blocks nothing. Source: DESIGN, "Ownership needs evidence".
struct ForeignWABATests {
    /// How the intruder names the WABA.
    enum Door: String, Sendable, CaseIterable {
        case techPartner
        case hosted
        case tpSignup
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all, Door.allCases)
    func `a named WABA stays its owner's`(_ database: ServerDatabase, _ door: Door) async throws {
        try await LocalServer.with(database) { server in
            let signup = try await server.sandbox.signUp()
            let intruder = try await server.addPartner("Intruder")
            try await name(signup, at: door, by: intruder, server)

            let begun: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings",
                #"{"customer_id": "\#(server.credentials.customer.id)", "code": "\#(try #require(signup.code))", "currency": "USD"}"#
            )
            let live = try await server.rested(begun.id)
            #expect(live.state == "live", "\(live)")
            #expect(live.waba_id == signup.waba_id)
            try await name(signup, at: door, by: intruder, server)
            try await checkNothingSeen(of: signup, live.id, by: intruder.caller)
        }
    }

    private func name(
        _ signup: SignupAnswer, at door: Door, by intruder: (caller: Caller, id: String, customer: String),
        _ server: LocalServer
    ) async throws {
        let solution = server.credentials.metaApp.solutionID
        switch door {
        case .techPartner:
            // The solution is the sample partner's: to the intruder it looks like one that does not exist.
            let error = await #expect(throws: Caller.Refused.self) {
                let _: AnyAnswer = try await intruder.caller.post(
                    "/api/v1/onboardings",
                    #"""
                    {"customer_id": "\#(intruder.customer)", "flow": "tech_partner", "waba_id": "\#(signup.waba_id)",
                     "solution_id": "\#(solution)", "phone_number": "\#(signup.number)", "currency": "USD"}
                    """#)
            }
            #expect(error?.status == 422)
        case .hosted:
            let _: AnyAnswer = try await intruder.caller.post(
                "/api/v1/onboardings",
                #"""
                {"customer_id": "\#(intruder.customer)", "flow": "hosted", "waba_id": "\#(signup.waba_id)",
                 "business_id": "\#(signup.business_id)", "currency": "USD"}
                """#)
        case .tpSignup:
            let error = await #expect(throws: Caller.Refused.self) {
                let _: AnyAnswer = try await intruder.caller.post(
                    "/api/v1/partner/customers/\(intruder.customer)/whatsapp/tp-signup",
                    #"""
                    {"entry": [{"changes": [{"value": {"event": "PARTNER_ADDED", "waba_info": {
                        "waba_id": "\#(signup.waba_id)", "solution_id": "\#(solution)",
                        "phone_number": "\#(signup.number)", "data_localization_region": "IN"}}}]}],
                     "auto_subscribe": false, "object": "tech_partner"}
                    """#)
            }
            #expect(error?.status == 400)
        }
    }

    private func checkNothingSeen(of signup: SignupAnswer, _ onboarding: String, by intruder: Caller) async throws {
        for path in [
            "wabas/\(signup.waba_id)", "phone_numbers/\(signup.phone_number_id)", "onboardings/\(onboarding)",
        ] {
            let error = await #expect(throws: Caller.Refused.self) {
                let _: AnyAnswer = try await intruder.get("/api/v1/\(path)")
            }
            #expect(error?.status == 404, "\(path)")
        }
        let wabas: ListAnswer<AnyAnswer> = try await intruder.get("/api/v1/wabas")
        #expect(wabas.data.isEmpty)
        let numbers: ListAnswer<AnyAnswer> = try await intruder.get("/api/v1/phone_numbers")
        #expect(numbers.data.isEmpty)
        let events: ListAnswer<EventAnswer> = try await intruder.get("/api/v1/events?limit=100")
        #expect(events.data.allSatisfy { $0.data.waba_id == nil && $0.data.phone_number_id == nil })
        #expect(!events.data.contains { $0.type == "whatsapp.waba_onboarded" })
        let runs: ListAnswer<OnboardingAnswer> = try await intruder.get("/api/v1/onboardings")
        #expect(
            runs.data.allSatisfy { $0.state == "waiting" || $0.state == "running" || $0.state == "action_required" })
        #expect(
            runs.data.allSatisfy { run in run.steps.allSatisfy { !($0.detail ?? "").contains(signup.phone_number_id) } }
        )
    }
}
