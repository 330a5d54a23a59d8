// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import TestSupport

extension LocalServer {
    /// Splashify's tp-signup for the sample customer.
    func tpSignUp(_ signup: SignupAnswer, customer: String? = nil) async throws {
        let _: AnyAnswer = try await partner.post(
            "/api/v1/partner/customers/\(customer ?? credentials.customer.id)/whatsapp/tp-signup",
            #"""
            {"entry": [{"changes": [{"value": {"event": "PARTNER_ADDED", "waba_info": {
                "waba_id": "\#(signup.waba_id)", "solution_id": "\#(credentials.metaApp.solutionID)",
                "phone_number": "\#(signup.number)", "data_localization_region": "IN"}}}]}],
             "auto_subscribe": true, "object": "tech_partner"}
            """#)
    }

    /// The test's time limit ends the asking.
    func waitUntilLive(_ onboarding: String, _ caller: Caller) async throws {
        let end = try await rested(onboarding, caller)
        guard end.state == "live" else { throw Stopped(description: end.description) }
    }

    /// Once the run neither runs nor waits.
    func rested(_ onboarding: String, _ caller: Caller? = nil) async throws -> OnboardingAnswer {
        try await found(onboarding, caller) { $0.state != "running" && $0.state != "waiting" }
    }

    func reached(_ state: String, _ onboarding: String) async throws -> OnboardingAnswer {
        try await found(onboarding) { $0.state == state }
    }

    /// The run, once it is as `isMeant` says; the sample partner's unless `caller` is another.
    func found(
        _ onboarding: String, _ caller: Caller? = nil, _ isMeant: (OnboardingAnswer) -> Bool
    ) async throws -> OnboardingAnswer {
        try await activity.answer {
            let current: OnboardingAnswer = try await (caller ?? partner).get("/api/v1/onboardings/\(onboarding)")
            return isMeant(current) ? current : nil
        }
    }

    private struct Stopped: Error, CustomStringConvertible {
        let description: String
    }
}
