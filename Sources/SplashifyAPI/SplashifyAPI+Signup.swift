// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

// Source: Splashify, "TP-Signup".
extension SplashifyAPI {
    /// Accepts one onboarding for each `entry[].changes[]`, all or none. The same WABA again updates its run in place.
    @Sendable func signUp(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await enabledPartner(context)
        let customer = try await customer(context, of: caller)
        let body = try await request.readBody(upTo: context.maxUploadSize)
        let order = try JSONReading.decode(SignupRequest.self, from: body)
        let requests = try order.enrolments(of: customer.id)
        _ = try await uninterrupted { try await caller.services.onboardings.enrol(requests, by: caller.principal) }
        return try JSONAnswer.response(Success())
    }
}

/// `{"success": true}`.
struct Success: Encodable {
    let success = true

    enum CodingKeys: String, CodingKey {
        case success
    }
}
