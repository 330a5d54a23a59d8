// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// An account that built on Kaleyra's API, from its upload to a number that can send. Source: Kaleyra, "WhatsApp Registration";
/// DESIGN section 5, `activation`.
struct KaleyraJourneyTests {
    private struct Request: Decodable {
        let id: String
        let state: String
        let onboarding_id: String?
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `goes live once it is approved and its business shares the WABA`(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            try await WebhookReceiver.with { receiver in
                let kaleyra = try server.kaleyra
                var form = KaleyraForm()
                form.set("business_id", business)
                form.set("wa_number", number)
                form.set("incoming_url", receiver.url)
                form.certificate = KaleyraForm.pdf
                let submitted = try await kaleyra.submit(form)
                #expect(submitted.status == 200 && submitted.text.contains(#""code":"I102""#), "\(submitted.text)")
                let run = try await approve(at: server)
                #expect(try await kaleyra.get().datum("business_details", "status") == "3")

                let signup = try await server.sandbox.signUp(
                    #"{"flow": "hosted", "business": {"id": "\#(business)"}, "phone_number": "\#(number)"}"#)
                // Until it is live; the test's time limit ends the asking.
                try await server.activity.until {
                    try await kaleyra.get().datum("business_details", "status") == "1"
                }
                try await check(signup, run, server)
                try await server.sandbox.write(to: signup.phone_number_id, "Hello")
                let told = try await receiver.next()
                #expect(told.text.contains("whatsapp.message.received") && !told.text.contains("Hello"))
                #expect(try await kaleyra.submit(form).text.contains(#""code":"E937""#))
            }
        }
    }

    private let business = "7700112233445577"
    private let number = "+15550783899"

    /// Returns the onboarding's id.
    private func approve(at server: LocalServer) async throws -> String {
        let list: ListAnswer<Request> = try await server.operator.get("/api/v1/activations?state=submitted")
        let request = try #require(list.data.first)
        let approved: Request = try await server.operator.post("/api/v1/activations/\(request.id)/approve", "{}")
        #expect(approved.state == "approved")
        return try #require(approved.onboarding_id)
    }

    private func check(_ signup: SignupAnswer, _ run: String, _ server: LocalServer) async throws {
        let kaleyra = try server.kaleyra
        #expect(try await kaleyra.get().datum("business_details", "waba_id") == signup.waba_id)
        let onboarding: OnboardingAnswer = try await server.partner.get("/api/v1/onboardings/\(run)")
        #expect(onboarding.steps.prefix(2).map(\.kind) == ["await_approval", "await_waba_shared"])
        let numbers = try await kaleyra.get("v2", "\(signup.waba_id)/number")
        #expect(numbers.datum("phone_number") == number, "\(numbers.text)")
        #expect(numbers.datum("id") == signup.phone_number_id)
        let details = try await kaleyra.get("v2", "\(number.dropFirst())/phone_number_details")
        #expect(details.datum("status") == "CONNECTED", "\(details.text)")
    }

    /// The row comes after the certificate: a client that hangs up has neither.
    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `an upload that breaks off leaves nothing`(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            var form = KaleyraForm()
            form.certificate = KaleyraForm.pdf(ofSize: 2 << 20)
            try await server.kaleyra.breakOff(form, after: 1 << 20)
            let list: ListAnswer<Request> = try await server.operator.get("/api/v1/activations")
            #expect(list.data.isEmpty)
            #expect(try await server.kaleyra.submit(form).status == 200)
            let after: ListAnswer<Request> = try await server.operator.get("/api/v1/activations")
            #expect(after.data.count == 1)
        }
    }
}

extension LocalServer {
    var kaleyra: KaleyraCaller {
        get throws {
            let account = try #require(credentials.kaleyra)
            return KaleyraCaller(baseURL: credentials.baseURL, sid: account.sid, key: account.apiKey)
        }
    }
}
