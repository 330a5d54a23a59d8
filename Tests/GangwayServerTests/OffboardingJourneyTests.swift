// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import TestSupport
import Testing
import WebhookSignatures

/// A live customer leaves, against the simulator. Source: DESIGN section 5, `offboarding`; pitfall P11.
struct OffboardingJourneyTests {
    private struct Certificate: Decodable {
        struct Step: Decodable {
            let kind: String
            let state: String
        }

        let complete: Bool
        let waba_id: String
        let steps: [Step]
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `a customer who leaves can be taken over by the next provider`(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            try await WebhookReceiver.with { receiver in
                receiver.answer { _ in .ok }
                let _: EndpointAnswer = try await server.partner.post(
                    "/api/v1/endpoints",
                    #"{"url": "\#(receiver.url)", "events": ["whatsapp.waba_onboarded", "whatsapp.waba.offboarded"]}"#)
                let signup = try await server.sandbox.signUp()
                let begun: OnboardingAnswer = try await server.partner.post(
                    "/api/v1/onboardings",
                    #"""
                    {"customer_id": "\#(server.credentials.customer.id)", "code": "\#(signup.code ?? "")", "currency": "USD"}
                    """#)
                _ = try await receiver.next()
                let leaving: OnboardingAnswer = try await server.partner.post(
                    "/api/v1/wabas/\(signup.waba_id)/offboard", "{}")
                _ = try await receiver.next()

                let again: OnboardingAnswer = try await server.partner.post(
                    "/api/v1/wabas/\(signup.waba_id)/offboard", "{}")
                #expect(again.id == leaving.id && again.state == "offboarded")
                let first: OnboardingAnswer = try await server.partner.get("/api/v1/onboardings/\(begun.id)")
                #expect(first.state == "offboarded")
                let paper: Certificate = try await server.partner.get("/api/v1/onboardings/\(leaving.id)/certificate")
                #expect(paper.complete && paper.waba_id == signup.waba_id)
                #expect(
                    paper.steps.map(\.kind) == [
                        "unsubscribe_app", "deregister_phone_number", "revoke_credit_line", "verify_revoked",
                        "forget_token", "certify",
                    ])
                let calls = try await server.sandbox.calls()
                for effect in ["unsubscribed", "deregistered", "revoked_credit"] {
                    #expect(calls.count { $0.effect == effect } == 1, "\(effect)")
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `nobody else can send a customer away`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let signup = try await server.sandbox.signUp()
            let other = try await server.addPartner("Other")
            let refusal = await #expect(throws: Caller.Refused.self) {
                let _: AnyAnswer = try await other.caller.post("/api/v1/wabas/\(signup.waba_id)/offboard", "{}")
            }
            #expect(refusal?.status == 404)
        }
    }
}
