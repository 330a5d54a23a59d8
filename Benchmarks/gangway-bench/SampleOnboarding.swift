// SPDX-License-Identifier: Apache-2.0
import GangwayServer

/// One customer brought live by its server, so that notifications have an owner.
struct SampleOnboarding {
    struct Result {
        let wabaID: String
        let phoneNumberID: String
    }

    let server: Server
    let caller: Caller

    func run() async throws -> Result {
        let signup = try await Signup.create(caller, graphURL: server.credentials.graphURL)
        let key = server.credentials.partner.apiKey
        let url = server.baseURL + "/api/v1/onboardings"
        var current: OnboardingAnswer = try await caller.post(
            url, json: ["customer_id": server.credentials.customer.id, "code": signup.code, "currency": "USD"],
            bearer: key)
        for _ in 0..<200 where current.state != "live" {
            try await Task.sleep(for: .milliseconds(50))
            current = try await caller.get("\(url)/\(current.id)", bearer: key)
        }
        guard current.state == "live" else {
            throw BenchFailure(description: "the sample onboarding is \(current.state): \(current.reason ?? "")")
        }
        return Result(wabaID: signup.wabaID, phoneNumberID: signup.phoneNumberID)
    }
}

/// What the sandbox says of a finished Embedded Signup.
struct Signup: Decodable, Sendable {
    let code: String
    let wabaID: String
    let phoneNumberID: String

    enum CodingKeys: String, CodingKey {
        case code
        case wabaID = "waba_id"
        case phoneNumberID = "phone_number_id"
    }

    /// Without webhooks and reviews, so that nothing but the measured calls follows; the code lives 10 minutes.
    static func create(_ caller: Caller, graphURL: String) async throws -> Signup {
        try await caller.post(
            graphURL + "/_sandbox/signups",
            text:
                #"{"send_webhooks": false, "review": {"outcome": "PENDING"}, "name_review": {"outcome": "PENDING"}, "code_ttl": 600}"#
        )
    }
}

struct OnboardingAnswer: Decodable {
    let id: String
    let state: String
    let reason: String?
}
