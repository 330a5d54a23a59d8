// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

/// An error in Splashify's words: `{"success": false, "message": …}`.
/// Source: Splashify, "TP-Signup", "Create customer", "Phone Numbers". Texts that the documents do not give say so.
struct SplashifyError: Error, Sendable {
    let status: Int
    let message: String
    var field: String?
    var platform: GraphError?

    init(_ status: Int, _ message: String, field: String? = nil, platform: GraphError? = nil) {
        self.status = status
        self.message = message
        self.field = field
        self.platform = platform
    }

    static let unauthorized = SplashifyError(401, "unauthorized")
    static let customerNotFound = SplashifyError(404, "customer not found")
    static let idOfAnother = SplashifyError(403, "id does not belong to your account")
    static let idNotFound = SplashifyError(404, "id not found")
    static let emailTaken = SplashifyError(409, "a customer with this email already exists", field: "email")
    static let phoneTaken = SplashifyError(409, "a customer with this phone already exists", field: "phone")
    static let platformUnavailable = SplashifyError(502, "WhatsApp request failed. Try again shortly.")
    static let notConfigured = SplashifyError(
        503, "WhatsApp integration is not configured for your account. Contact support.")
    /// For a failing database and whatever nobody planned: the documents know no other 500.
    static let databaseError = SplashifyError(500, "database error")
    /// Not documented.
    static let notFound = SplashifyError(404, "not found")
}

extension SplashifyError {
    init(_ error: ServiceError) {
        switch error {
        case .unauthorized, .partnerKeyRequired, .operatorKeyRequired, .partnerNotFound: self = .unauthorized
        case .missing(let field): self = SplashifyError(400, "\(field) is required")
        case .invalid(let field, let message): self = SplashifyError(400, "\(field) \(message)")
        case .customerNotFound: self = .customerNotFound
        case .wabaNotFound, .phoneNumberNotFound: self = .idNotFound
        case .emailTaken: self = .emailTaken
        case .phoneTaken: self = .phoneTaken
        case .whatsAppDisabled, .appNotFound: self = .notConfigured
        case .refusedByMeta(let refusal):
            self = SplashifyError(refusal.httpStatus ?? 400, refusal.message, platform: refusal)
        case .numberRefused(let refusal):
            self = SplashifyError(
                refusal.error?.httpStatus ?? 400, refusal.error?.message ?? refusal.text, platform: refusal.error)
        case .metaUnavailable: self = .platformUnavailable
        case .unavailable: self = .databaseError
        // What no call of this door can meet: not documented.
        case .keyNotFound, .onboardingNotFound, .endpointNotFound, .eventNotFound, .deliveryNotFound,
            .reconciliationNotFound, .importNotFound, .activationNotFound:
            self = .notFound
        case .externalIDTaken: self = SplashifyError(409, "a customer with this external id already exists")
        case .businessOfAnotherPartner, .solutionOfAnotherPartner: self = .idOfAnother
        case .notResumable, .notCancellable, .deliveryUnderWay, .endpointDisabled, .reconciliationUnderWay,
            .activationExists, .activationDecided, .accountNotVerified:
            self = SplashifyError(409, "not possible now")
        case .idempotencyMismatch: self = SplashifyError(422, "idempotency key was used for another request")
        }
    }

    /// Not documented, but for the shape.
    init(_ fault: RequestFault) {
        switch fault {
        case .malformedJSON: self = SplashifyError(400, "valid JSON body required")
        case .nestedTooDeep: self = SplashifyError(400, "JSON body is nested too deeply")
        case .bodyTooLarge(let limit): self = SplashifyError(413, "body must not exceed \(limit) bytes")
        case .bodyTooSlow: self = SplashifyError(408, "body did not arrive in time")
        case .invalidIdempotencyKey: self = SplashifyError(400, "valid Idempotency-Key required")
        case .invalidQuery(let parameter, let message): self = SplashifyError(400, "\(parameter) \(message)")
        case .unknownRoute: self = .notFound
        case .methodNotAllowed: self = SplashifyError(405, "method not allowed")
        }
    }
}
