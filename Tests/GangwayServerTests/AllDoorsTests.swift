// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import GangwayServer
import TestSupport
import Testing
import WebhookSignatures

/// One customer through every door: what each of them begins is seen through the three others, and each endpoint hears of it in
/// the format it chose, signed. Source: DESIGN section 2, "one store, many faces".
@Suite(.timeLimit(.minutes(5)))
struct AllDoorsTests {
    @Test(arguments: ServerDatabase.all)
    func `what one door begins shows through all others`(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            let doors = try await Doors(server)
            // First: an account whose customer has a live number may not ask for activation.
            try await doors.expectSeen(try await doors.beginAtKaleyra())
            try await doors.expectSeen(try await doors.beginAtSplashify())
            try await doors.expectSeen(try await doors.beginAtTheNativeDoor())
        }
        // A project has one WABA: Sinch's sender comes first where it begins the customer.
        try await LocalServer.with(database) { server in
            let doors = try await Doors(server)
            try await doors.expectSeen(try await doors.beginAtSinch())
            try await doors.expectSeen(try await doors.beginAtSplashify())
        }
    }

    @Test func `each endpoint hears of each door's customers in its own format`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let doors = try await Doors(server)
            try await WebhookReceiver.with { standard in
                try await WebhookReceiver.with { splashify in
                    try await WebhookReceiver.with { sinch in
                        try await WebhookReceiver.with { raw in
                            let ears = try await Ears(doors, standard, splashify, sinch, raw)
                            // Not one that Splashify's door began is told in Splashify's words, and so on: formats
                            // belong to endpoints.
                            try await ears.expectOnboarded(try await doors.beginAtKaleyra())
                            try await ears.expectOnboarded(try await doors.beginAtSplashify())
                            let native = try await doors.beginAtTheNativeDoor()
                            try await ears.expectOnboarded(native)
                            try await ears.expectMessage(native)
                        }
                    }
                }
            }
        }
    }
}

// MARK: Doors

/// One customer of the sample partner, with an account at every door.
private struct Doors: Sendable {
    private struct Created: Decodable { let customer_id: String }
    private struct Named: Decodable { let id: String }
    private struct AccessKey: Decodable {
        let id: String
        let secret: String
    }
    private struct Account: Decodable {
        let sid: String
        let api_key: String
    }
    private struct Request: Decodable {
        let id: String
        let onboarding_id: String?
    }
    private struct Token: Decodable { let access_token: String }

    let server: LocalServer
    let customer: String
    let project: String
    let sinch: Caller
    let kaleyra: KaleyraCaller

    init(_ server: LocalServer) async throws {
        self.server = server
        let created: Created = try await server.partner.post(
            "/api/v1/partner/customers",
            #"{"full_name": "Acme Corporation", "email": "ops@acme.example", "phone": "+919876543210"}"#)
        customer = created.customer_id
        let partner = "/api/v1/partners/\(server.credentials.partner.id)"
        let owned: Named = try await server.operator.post(
            partner + "/projects", #"{"name": "Acme", "customer_id": "\#(customer)"}"#)
        project = "/v1/projects/\(owned.id)"
        let key: AccessKey = try await server.operator.post(
            partner + "/access_keys", #"{"project_id": "\#(owned.id)"}"#)
        let token: Token = try await Caller(baseURL: server.credentials.baseURL).post(
            "/oauth2/token", "grant_type=client_credentials&client_id=\(key.id)&client_secret=\(key.secret)",
            type: "application/x-www-form-urlencoded")
        sinch = Caller(baseURL: server.credentials.baseURL, key: token.access_token)
        let account: Account = try await server.operator.post(
            partner + "/kaleyra_accounts", #"{"customer_id": "\#(customer)"}"#)
        kaleyra = KaleyraCaller(baseURL: server.credentials.baseURL, sid: account.sid, key: account.api_key)
    }

    // MARK: Beginning

    func beginAtSplashify() async throws -> SignupAnswer {
        let signup = try await server.sandbox.signUp(#"{"flow": "tech_partner"}"#)
        try await server.tpSignUp(signup, customer: customer)
        let runs: ListAnswer<OnboardingAnswer> = try await server.partner.get(
            "/api/v1/onboardings?customer_id=\(customer)")
        #expect(runs.data.first?.waba_id == signup.waba_id, "seen at the native door while it is under way")
        return signup
    }

    func beginAtTheNativeDoor() async throws -> SignupAnswer {
        let signup = try await server.sandbox.signUp()
        let _: OnboardingAnswer = try await server.partner.post(
            "/api/v1/onboardings",
            #"{"customer_id": "\#(customer)", "code": "\#(try #require(signup.code))", "currency": "USD"}"#)
        return signup
    }

    func beginAtSinch() async throws -> SignupAnswer {
        let signup = try await server.sandbox.signUp()
        let _: AnyAnswer = try await sinch.post(
            project + "/whatsapp/senders",
            #"""
            {"wabaId": "\#(signup.waba_id)", "phoneNumberId": "\#(signup.phone_number_id)",
             "authenticationCode": "\#(try #require(signup.code))"}
            """#)
        let runs: ListAnswer<OnboardingAnswer> = try await server.partner.get(
            "/api/v1/onboardings?customer_id=\(customer)")
        #expect(runs.data.count == 1, "seen at the native door while it is under way")
        return signup
    }

    func beginAtKaleyra() async throws -> SignupAnswer {
        var form = KaleyraForm()
        form.set("business_id", "7700112233445577")
        form.set("wa_number", "+15550783899")
        let submitted = try await kaleyra.submit(form)
        #expect(submitted.status == 200, "\(submitted.text)")
        let list: ListAnswer<Request> = try await server.operator.get("/api/v1/activations?state=submitted")
        let request = try #require(list.data.first)
        let approved: Request = try await server.operator.post("/api/v1/activations/\(request.id)/approve", "{}")
        let run: OnboardingAnswer = try await server.partner.get(
            "/api/v1/onboardings/\(try #require(approved.onboarding_id))")
        #expect(run.state == "waiting" || run.state == "running", "seen at the native door while it is under way")
        return try await server.sandbox.signUp(
            #"{"flow": "hosted", "business": {"id": "7700112233445577"}, "phone_number": "+15550783899"}"#)
    }

    // MARK: Seeing

    private struct Number: Decodable { let id: String }
    private struct Sender: Decodable {
        let state: String?
        let countryCode: String?
        let phoneNumber: String?
    }
    private struct Senders: Decodable { let senders: [Sender] }

    /// Live, and its number shown by every door.
    func expectSeen(_ signup: SignupAnswer) async throws {
        try await waitUntilLive(signup)
        let alias: ListAnswer<Number> = try await server.partner.get(
            "/api/v1/partner/customers/\(customer)/whatsapp/phone-numbers")
        #expect(alias.data.contains { $0.id == signup.phone_number_id }, "Splashify's alias")
        let graph: ListAnswer<Number> = try await server.partner.get("/api/v25.0/\(signup.waba_id)/phone_numbers")
        #expect(graph.data.map(\.id) == [signup.phone_number_id], "Splashify's Graph-shaped path")
        let shown = try await kaleyra.get("v2", "\(signup.waba_id)/number")
        #expect(shown.datum("phone_number") == signup.number, "Kaleyra: \(shown.text)")
        let details = try await kaleyra.get("v1", "\(signup.number.dropFirst())/phone_number_details")
        #expect(details.datum("status") == "CONNECTED", "Kaleyra: \(details.text)")
        let senders: Senders = try await sinch.get(project + "/whatsapp/senders?filterStates=ACTIVE")
        let numbers = senders.senders.map { "+\($0.countryCode ?? "")\($0.phoneNumber ?? "")" }
        #expect(numbers.contains(signup.number), "Sinch: \(numbers)")
    }

    /// The test's time limit ends the asking.
    private func waitUntilLive(_ signup: SignupAnswer) async throws {
        let run = try await server.activity.answer {
            let runs: ListAnswer<OnboardingAnswer> = try await server.partner.get(
                "/api/v1/onboardings?customer_id=\(customer)")
            return runs.data.first { $0.waba_id == signup.waba_id }
        }
        try await server.waitUntilLive(run.id, server.partner)
    }
}

// MARK: Ears

/// An endpoint of each format, made through the door that it belongs to.
private struct Ears: Sendable {
    private let standard: (WebhookReceiver, secret: String)
    private let splashify: (WebhookReceiver, secret: String)
    private let sinch: WebhookReceiver
    private let raw: (WebhookReceiver, secret: String)
    private let doors: Doors
    private static let sinchSecret = "s3cret"

    init(
        _ doors: Doors, _ standard: WebhookReceiver, _ splashify: WebhookReceiver, _ sinch: WebhookReceiver,
        _ raw: WebhookReceiver
    ) async throws {
        self.doors = doors
        self.standard = (standard, try await Self.endpoint(standard, "standard", doors))
        self.splashify = (splashify, try await Self.endpoint(splashify, "splashify", doors))
        self.raw = (raw, try await Self.endpoint(raw, "meta_raw", doors))
        self.sinch = sinch
        let _: AnyAnswer = try await doors.sinch.post(
            doors.project + "/webhooks",
            #"""
            {"target": "\#(sinch.url)", "secret": "\#(Self.sinchSecret)", "triggers": ["WHATSAPP_SENDER_ACTIVE"]}
            """#)
    }

    private static func endpoint(_ receiver: WebhookReceiver, _ format: String, _ doors: Doors) async throws -> String {
        let answer: EndpointAnswer = try await doors.server.partner.post(
            "/api/v1/endpoints",
            #"""
            {"url": "\#(receiver.url)", "events": ["whatsapp.waba_onboarded", "whatsapp.message.received"],
             "format": "\#(format)", "customer_id": "\#(doors.customer)"}
            """#)
        return answer.secret
    }

    func expectOnboarded(_ signup: SignupAnswer) async throws {
        let native = try await standard.0.next()
        #expect(native.text.contains(#""type":"whatsapp.waba_onboarded""#), "\(native.text)")
        #expect(native.text.contains(signup.waba_id) && native.text.contains(doors.customer))
        try verify(native, standard.secret)

        let flat = try await splashify.0.next()
        #expect(
            flat.text.hasPrefix(#"{"event":"WABA_ONBOARDED","source":"splashifypro","waba_id":"\#(signup.waba_id)""#))
        #expect(flat.headers["x-webhook-source"] == "splashifypro" && flat.headers["x-webhook-type"] == nil)
        try verify(flat, splashify.secret)

        let typed = try await sinch.next()
        #expect(typed.text.hasPrefix(#"{"type":"WHATSAPP_SENDER_ACTIVE","payload":{"#), "\(typed.text)")
        #expect(typed.text.contains(String(signup.number.suffix(10))), "\(typed.text)")
        try verifySinch(typed)
    }

    func expectMessage(_ signup: SignupAnswer) async throws {
        try await doors.server.sandbox.write(to: signup.phone_number_id, "canary hello")
        let native = try await standard.0.next()
        #expect(native.text.contains(#""type":"whatsapp.message.received""#) && !native.text.contains("canary"))
        try verify(native, standard.secret)
        for (receiver, secret) in [splashify, raw] {
            let metas = try await receiver.next()
            #expect(metas.headers["x-webhook-type"] == "meta_raw")
            #expect(metas.text.contains("canary hello") && metas.text.contains(signup.waba_id))
            try verify(metas, secret)
        }
        #expect(sinch.requests.count == 3, "messages are no news of a sender")
    }

    /// Source: Standard Webhooks.
    private func verify(_ request: WebhookReceiver.Request, _ secret: String) throws {
        try StandardWebhook.verify(
            id: try #require(request.headers["webhook-id"]),
            timestamp: try #require(request.headers["webhook-timestamp"]),
            signatureHeader: try #require(request.headers["webhook-signature"]), body: request.body,
            secrets: [try WebhookSecret(secret)], now: Int64(Date().timeIntervalSince1970))
    }

    /// Source: Sinch Node SDK: body, nonce and timestamp, joined by dots.
    private func verifySinch(_ request: WebhookReceiver.Request) throws {
        let nonce = try #require(request.headers["x-sinch-webhook-signature-nonce"])
        let timestamp = try #require(request.headers["x-sinch-webhook-signature-timestamp"])
        let code = HMAC<SHA256>.authenticationCode(
            for: request.body + Array(".\(nonce).\(timestamp)".utf8),
            using: SymmetricKey(data: Data(Self.sinchSecret.utf8)))
        #expect(request.headers["x-sinch-webhook-signature"] == Data(code).base64EncodedString())
        #expect(request.headers["x-sinch-webhook-signature-algorithm"] == "HmacSHA256")
    }
}
