// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import TestSupport
import Testing

/// A customer who came by the hosted link: no code, no browser part. Source: Meta, hosted-es; DESIGN section 5, `hosted`.
struct HostedJourneyTests {
    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `goes live by itself once the operator approved the business`(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            let business = "7700112233445566"
            let begun: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings",
                #"""
                {"customer_id": "\#(server.credentials.customer.id)", "flow": "hosted", "business_id": "\#(business)",
                 "currency": "EUR"}
                """#)
            let stopped = try await server.reached("action_required", begun.id)
            #expect(stopped.reason == "business_not_approved")

            _ = try await server.sandbox.signUp(#"{"flow": "hosted", "business": {"id": "\#(business)"}}"#)
            let _: AnyAnswer = try await server.operator.post(
                "/api/v1/partners/\(server.credentials.partner.id)/businesses", #"{"business_id": "\#(business)"}"#)
            _ = try await server.reached("live", begun.id)
        }
    }
}
