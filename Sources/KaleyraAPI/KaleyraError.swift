// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

/// An error in Kaleyra's words. `error` comes in two shapes: with `type`, `parameter` and `reference` for what is wrong with a
/// field, with `data` for what stands in the way. Texts that the documents do not give say so.
struct KaleyraError: Error, Sendable, Hashable {
    enum Shape: Sendable, Hashable {
        case validation(parameter: String)
        case state
    }

    /// Source: Kaleyra, "WhatsApp Error Codes": 400 invalid input, 500 server error. 401 is not documented for these calls.
    let status: Int
    /// Of the inner `error`; nil: the operation's validation code.
    let code: String?
    let message: String
    let shape: Shape

    init(_ status: Int, _ code: String?, _ message: String, _ shape: Shape = .state) {
        self.status = status
        self.code = code
        self.message = message
        self.shape = shape
    }

    static func field(_ parameter: String, _ message: String) -> KaleyraError {
        KaleyraError(400, nil, message, .validation(parameter: parameter))
    }

    /// Source: Kaleyra, "WhatsApp Registration", for `business_certificate`; the other fields by the same pattern (inferred).
    static func missing(_ parameter: String) -> KaleyraError {
        field(parameter, "\(parameter) field is required and cannot be empty.")
    }

    static let certificateType = field(
        "business_certificate", "The business_certificate must be a file of type: jpeg,jpg,pdf,png.")
    /// Not documented; worded like the rule on types.
    static let certificateSize = field(
        "business_certificate", "The business_certificate may not be greater than 10240 kilobytes.")
    static let activationExists = KaleyraError(
        400, "E937", "This account already has submitted a request for WhatsApp activation.")
    /// The code is documented ("wrong SID or key"), its text is not.
    static let unauthorized = KaleyraError(401, "RBC001", "Wrong SID or API key.")
    /// Source: the note of "WhatsApp Registration"; the code is that of "unauthorized" in V2.
    static let trial = KaleyraError(400, "WA401", "You must complete the KYC to access all the features in Kaleyra.io.")
    static let serverError = KaleyraError(500, "WA500", "Server Error, unable to process your request.")
    /// Not documented.
    static let notFound = KaleyraError(404, "WA400", "The requested resource was not found.")
}

extension KaleyraError {
    init(_ error: ServiceError) {
        switch error {
        case .unauthorized, .partnerKeyRequired, .operatorKeyRequired, .partnerNotFound: self = .unauthorized
        case .accountNotVerified, .whatsAppDisabled: self = .trial
        case .missing(let field): self = .missing(field.isEmpty ? "body" : field)
        case .invalid(let field, let message):
            // Without a path it is the body that is wrong.
            let name = field.isEmpty ? "body" : field
            self = .field(name, "The \(name) \(message).")
        case .activationExists, .activationDecided: self = .activationExists
        case .refusedByMeta(let refusal): self = KaleyraError(400, nil, refusal.message)
        case .numberRefused(let refusal): self.init(refusal)
        case .metaUnavailable, .unavailable, .appNotFound: self = .serverError
        case .wabaNotFound: self = .field("waba_id", "The WABA ID is not found.")
        case .phoneNumberNotFound: self = .field("phone_number", "The WhatsApp Number is not found.")
        // What no call of this door can meet: not documented.
        case .keyNotFound, .customerNotFound, .onboardingNotFound, .endpointNotFound, .eventNotFound,
            .deliveryNotFound, .activationNotFound, .reconciliationNotFound, .importNotFound:
            self = .notFound
        case .emailTaken, .phoneTaken, .externalIDTaken, .businessOfAnotherPartner, .solutionOfAnotherPartner,
            .notResumable, .notCancellable, .anotherRunOpen, .notCertified, .deliveryUnderWay, .endpointDisabled,
            .idempotencyMismatch,
            .reconciliationUnderWay:
            self = KaleyraError(400, nil, "Bad Request.")
        }
    }

    /// The codes and texts are ours: the documents name no failure of these calls.
    init(_ refusal: NumberRefusal) {
        switch refusal.reason {
        case .wrongCode: self = .field("otp", "The OTP is invalid.")
        case .alreadyVerified, .alreadyRegistered:
            self = .field("phone_number", "The WhatsApp Number is verified already.")
        case .notVerified: self = .field("phone_number", "The WhatsApp Number is not verified.")
        case .tooManyCodeRequests, .tooManyRegistrations, .tooManyPINGuesses:
            let date = refusal.nextAllowedAt.map { " until \($0)" } ?? ""
            self = .field("phone_number", "The WhatsApp Number is locked\(date): too many attempts.")
        case .notAddable: self = .field("phone_number", "The WhatsApp Number cannot be added.")
        case .pinMismatch, .notRegistered, .usedInBusinessApp, .recentlyDeleted, .deregistrationIncomplete,
            .pinRevealed, .pinUnknown:
            self = KaleyraError(400, nil, refusal.error?.message ?? "Bad Request.")
        }
    }

    /// Not documented, but for the shape.
    init(_ fault: RequestFault) {
        switch fault {
        case .malformedJSON, .nestedTooDeep:
            self = .field("body", "The body must be valid JSON or multipart/form-data.")
        case .bodyTooLarge: self = .certificateSize
        case .bodyTooSlow: self = .field("body", "The body did not arrive in time.")
        case .invalidIdempotencyKey: self = .field("idempotency-key", "The idempotency-key is not valid.")
        case .invalidQuery(let parameter, let message): self = .field(parameter, "The \(parameter) \(message).")
        case .unknownRoute, .methodNotAllowed: self = .notFound
        }
    }

    init(_ fault: CertificateDraft.Fault) {
        switch fault {
        case .empty: self = .missing("business_certificate")
        case .otherType: self = .certificateType
        case .tooLarge: self = .certificateSize
        }
    }

    /// What did not come whole does not count: the file is missing. Source: "business_certificate field is required".
    init(_ fault: MultipartFault) {
        switch fault {
        case .truncated: self = .missing("business_certificate")
        case .noBoundary, .malformed, .headersTooLarge, .tooManyParts: self = .init(.malformedJSON(detail: ""))
        }
    }
}
