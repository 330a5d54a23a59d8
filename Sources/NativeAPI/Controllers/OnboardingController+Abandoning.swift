// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

extension OnboardingController {
    /// 202: the customer left the signup's window; every endpoint that wants it hears of it, with what can be done.
    @Sendable func abandon(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let (body, _) = try await request.json(AbandonSignupBody.self, context)
        let given = try body.abandonment()
        try await caller.services.onboardings.abandon(given, by: caller.principal)
        return Answer.one(
            [
                "customer_id": .id(given.customerID), "current_step": .text(given.step),
                "actor": .name(ActionActor.partner), "remedy": .string(given.hint),
            ], status: .accepted)
    }
}

/// `POST /signups/abandoned`: the members of the window's `CANCEL` event, as they came.
struct AbandonSignupBody: NativeBody {
    let customerID: String
    let currentStep: String?
    let errorCode: String?
    let errorMessage: String?
    let sessionID: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case customerID = "customer_id"
        case currentStep = "current_step"
        case errorCode = "error_code"
        case errorMessage = "error_message"
        case sessionID = "session_id"
    }

    static let fields = FieldNames(of: CodingKeys.self)

    func abandonment() throws -> Onboardings.Abandonment {
        guard let customer = try FieldChecks.customer(customerID, "customer_id") else {
            throw ServiceError.missing(field: "customer_id")
        }
        var given = Onboardings.Abandonment(customerID: customer)
        given.step = try FieldChecks.optionalText(currentStep, "current_step", max: 100)
        given.errorCode = try FieldChecks.optionalText(errorCode, "error_code", max: 100)
        given.errorMessage = try FieldChecks.optionalText(errorMessage, "error_message", max: 1000)
        given.sessionID = try FieldChecks.optionalText(sessionID, "session_id", max: 200)
        return given
    }
}
