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
        while true {
            let current: OnboardingAnswer = try await caller.get("/api/v1/onboardings/\(onboarding)")
            switch current.state {
            case "live": return
            case "running", "waiting": try await Task.sleep(for: .milliseconds(50))
            default: throw Stopped(description: current.description)
            }
        }
    }

    private struct Stopped: Error, CustomStringConvertible {
        let description: String
    }
}
