// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing
import WebhookSignatures

/// One store, many faces: what came in through one door is seen through the others, and each endpoint hears of it in the
/// words it chose.
@Suite(.timeLimit(.minutes(3)))
struct ManyFacesTests {
    private struct Created: Decodable { let customer_id: String }
    private struct Customer: Decodable {
        let id: String
        let name: String
        let email: String?
    }
    private struct NumberList: Decodable {
        struct Number: Decodable { let id: String }
        let data: [Number]
    }
    private struct Endpoint: Decodable { let secret: String }

    @Test func `a customer walks through the doors`() async throws {
        try await LocalServer.with(.sqlite) { server in
            // In at Splashify's door, seen at the native one.
            let created: Created = try await server.partner.post(
                "/api/v1/partner/customers",
                #"{"full_name": "Acme Corporation", "email": "ops@acme.example", "phone": "+919876543210"}"#)
            let seen: Customer = try await server.partner.get("/api/v1/customers/\(created.customer_id)")
            #expect(seen.name == "Acme Corporation")
            #expect(seen.email == "ops@acme.example")

            let first = try await server.sandbox.signUp(#"{"flow": "tech_partner"}"#)
            try await server.tpSignUp(first, customer: created.customer_id)
            let runs: ListAnswer<OnboardingAnswer> = try await server.partner.get(
                "/api/v1/onboardings?waba_id=\(first.waba_id)")
            try await server.waitUntilLive(try #require(runs.data.first).id, server.partner)
            #expect(try await numbers(of: created.customer_id, server) == [first.phone_number_id])

            // In at the native door, seen at Splashify's, by customer and by WABA.
            let second = try await server.sandbox.signUp()
            let begun: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings",
                #"{"customer_id": "\#(created.customer_id)", "code": "\#(try #require(second.code))", "currency": "USD"}"#
            )
            try await server.waitUntilLive(begun.id, server.partner)
            #expect(
                Set(try await numbers(of: created.customer_id, server))
                    == [first.phone_number_id, second.phone_number_id])
            let list: NumberList = try await server.partner.get("/api/v25.0/\(second.waba_id)/phone_numbers")
            #expect(list.data.map(\.id) == [second.phone_number_id])
            // Again through Splashify's door: the link is there and nothing starts anew.
            try await server.tpSignUp(first, customer: created.customer_id)
            let again: ListAnswer<OnboardingAnswer> = try await server.partner.get(
                "/api/v1/onboardings?waba_id=\(first.waba_id)")
            #expect(again.data.map(\.id) == runs.data.map(\.id))
        }
    }

    private func numbers(of customer: String, _ server: LocalServer) async throws -> [String] {
        let list: NumberList = try await server.partner.get(
            "/api/v1/partner/customers/\(customer)/whatsapp/phone-numbers")
        return list.data.map(\.id)
    }

    // MARK: Formats

    @Test func `each endpoint hears in the format it chose`() async throws {
        try await LocalServer.with(.sqlite) { server in
            try await WebhookReceiver.with { standard in
                try await WebhookReceiver.with { splashify in
                    try await WebhookReceiver.with { raw in
                        let secret = try await endpoint(standard, "standard", server)
                        _ = try await endpoint(splashify, "splashify", server)
                        let rawSecret = try await endpoint(raw, "meta_raw", server)
                        let signup = try await onboard(server)
                        try await checkOnboarded(signup, standard, splashify, secret)
                        try await say("canary hello", to: signup, server)
                        try await checkMessage(signup, standard, splashify, raw, rawSecret)
                    }
                }
            }
        }
    }

    private func endpoint(_ receiver: WebhookReceiver, _ format: String, _ server: LocalServer) async throws -> String {
        let events = #"["whatsapp.waba_onboarded", "whatsapp.message.received"]"#
        let endpoint: Endpoint = try await server.partner.post(
            "/api/v1/endpoints", #"{"url": "\#(receiver.url)", "events": \#(events), "format": "\#(format)"}"#)
        return endpoint.secret
    }

    private func onboard(_ server: LocalServer) async throws -> SignupAnswer {
        let signup = try await server.sandbox.signUp(#"{"flow": "tech_partner"}"#)
        try await server.tpSignUp(signup)
        return signup
    }

    private func checkOnboarded(
        _ signup: SignupAnswer, _ standard: WebhookReceiver, _ splashify: WebhookReceiver, _ secret: String
    ) async throws {
        let native = try await standard.next()
        #expect(native.text.contains(#""type":"whatsapp.waba_onboarded""#))
        try verify(native, secret)
        let theirs = try await splashify.next()
        #expect(
            theirs.text
                == """
                {"event":"WABA_ONBOARDED","source":"splashifypro","waba_id":"\(signup.waba_id)",\
                "phone_number_id":"\(signup.phone_number_id)","phone_number":"\(signup.number)"}
                """)
        #expect(theirs.headers["x-webhook-source"] == "splashifypro")
        #expect(theirs.headers["x-webhook-type"] == nil)
        #expect(theirs.headers["webhook-id"] == native.headers["webhook-id"])
    }

    private func say(_ text: String, to signup: SignupAnswer, _ server: LocalServer) async throws {
        let sandbox = Caller(baseURL: server.credentials.graphURL)
        let _: AnyAnswer = try await sandbox.post(
            "/_sandbox/inbound",
            #"{"phone_number_id": "\#(signup.phone_number_id)", "from": "16505551234", "text": "\#(text)"}"#)
    }

    private func checkMessage(
        _ signup: SignupAnswer, _ standard: WebhookReceiver, _ splashify: WebhookReceiver, _ raw: WebhookReceiver,
        _ secret: String
    ) async throws {
        let native = try await standard.next()
        #expect(native.text.contains(#""type":"whatsapp.message.received""#))
        #expect(!native.text.contains("canary"))
        let theirs = try await splashify.next()
        #expect(theirs.headers["x-webhook-source"] == "splashifypro")
        #expect(theirs.headers["x-webhook-type"] == "meta_raw")
        let metas = try await raw.next()
        #expect(metas.headers["x-webhook-type"] == "meta_raw")
        #expect(metas.headers["x-webhook-source"] == nil)
        #expect(metas.body == theirs.body)
        #expect(metas.text.contains("canary hello"))
        #expect(metas.text.hasPrefix(#"{"object":"whatsapp_business_account","entry":[{"id":"\#(signup.waba_id)""#))
        try verify(metas, secret)
    }

    private func verify(_ request: WebhookReceiver.Request, _ secret: String) throws {
        try StandardWebhook.verify(
            id: try #require(request.headers["webhook-id"]),
            timestamp: try #require(request.headers["webhook-timestamp"]),
            signatureHeader: try #require(request.headers["webhook-signature"]), body: request.body,
            secrets: [try WebhookSecret(secret)], now: Int64(Date().timeIntervalSince1970))
    }
}
