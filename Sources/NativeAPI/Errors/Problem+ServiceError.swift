// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

extension Problem {
    /// What the services refuse, in the native API's words.
    init(_ error: ServiceError) {
        switch error {
        case .unauthorized:
            self.init(
                401, "unauthorized", title: "Unauthorized",
                detail: "Send a valid API key: Authorization: Bearer pk_….")
            headers = ["www-authenticate": "Bearer"]
        case .partnerKeyRequired: self = .forbidden("partner_key_required", "This call needs a partner's key.")
        case .operatorKeyRequired: self = .forbidden("operator_key_required", "This call needs an operator's key.")
        case .whatsAppDisabled: self = .forbidden("whatsapp_disabled", "WhatsApp is switched off for this partner.")
        case .invalid(let field, let message): self = .field(field, "invalid", message)
        case .missing(let field): self = .field(field, "missing", "is required")
        case .partnerNotFound: self = .notFound("partner")
        case .keyNotFound: self = .notFound("key")
        case .appNotFound: self = .notFound("app")
        case .customerNotFound: self = .notFound("customer")
        case .onboardingNotFound: self = .notFound("onboarding")
        case .wabaNotFound: self = .notFound("waba")
        case .phoneNumberNotFound: self = .notFound("phone_number")
        case .endpointNotFound: self = .notFound("endpoint")
        case .eventNotFound: self = .notFound("event")
        case .deliveryNotFound: self = .notFound("delivery")
        case .reconciliationNotFound: self = .notFound("reconciliation")
        case .importNotFound: self = .notFound("import")
        case .reconciliationUnderWay(let id):
            self = .conflict("reconciliation_under_way", "A reconciliation of this app is open: \(id).")
        case .activationNotFound: self = .notFound("activation")
        case .activationExists:
            self = .conflict("activation_exists", "The account has an open activation request, or a live WABA.")
        case .activationDecided(let state):
            self = .conflict("activation_decided", "This activation request is \(state.rawValue).")
        case .accountNotVerified:
            self = .forbidden("account_not_verified", "The account is on trial: its owner is not known yet.")
        case .emailTaken: self = .taken("email")
        case .phoneTaken: self = .taken("phone")
        case .externalIDTaken: self = .taken("external_id")
        case .businessOfAnotherPartner:
            self = .conflict("business_of_another_partner", "Another partner has this business already.")
        case .solutionOfAnotherPartner:
            self = .conflict("solution_of_another_partner", "Another partner has this solution already.")
        case .notResumable(let state):
            self = .conflict("not_resumable", "An onboarding that is \(state.rawValue) cannot be resumed.")
        case .notCancellable(let state):
            self = .conflict("not_cancellable", "An onboarding that is \(state.rawValue) cannot be cancelled.")
        case .deliveryUnderWay: self = .conflict("delivery_under_way", "An attempt of this delivery is under way.")
        case .endpointDisabled:
            self = .conflict("endpoint_disabled", "The endpoint of this delivery is disabled. Enable it first.")
        case .idempotencyMismatch:
            self.init(
                422, "idempotency_key_reused", title: "Idempotency key reused",
                detail: "This Idempotency-Key came before with another request.")
        case .refusedByMeta(let error):
            self.init(
                422, "refused_by_meta", title: "Refused by Meta",
                detail: "Meta refused the call behind this request.")
            meta = MetaRefusal(code: error.code, subcode: error.subcode, message: error.message)
        case .numberRefused(let refusal): self.init(refusal)
        case .metaUnavailable(let error):
            self.init(
                502, "meta_unavailable", title: "Meta unavailable",
                detail: "Meta did not serve the call behind this request.")
            meta = MetaRefusal(code: error.code, subcode: error.subcode, message: error.message)
        case .unavailable:
            self.init(
                503, "unavailable", title: "Unavailable",
                detail: "Nothing can be stored right now. Try again shortly.")
            headers = ["retry-after": "1"]
        }
    }

    private static func forbidden(_ code: String, _ detail: String) -> Problem {
        Problem(403, code, title: "Forbidden", detail: detail)
    }

    private static func conflict(_ code: String, _ detail: String) -> Problem {
        Problem(409, code, title: "Conflict", detail: detail)
    }

    /// Unknown and foreign ids look alike.
    private static func notFound(_ noun: String) -> Problem {
        Problem(404, "\(noun)_not_found", title: "Not found", detail: "No such \(noun.replacing("_", with: " ")).")
    }

    private static func taken(_ field: String) -> Problem {
        var problem = conflict("\(field)_taken", "Another customer has this \(field) already.")
        problem.errors = [Item(pointer: "/\(field)", code: "taken", message: "is taken")]
        return problem
    }

    private static func field(_ field: String, _ code: String, _ message: String) -> Problem {
        let name = field.isEmpty ? "The body" : field
        // Some messages name their field themselves.
        let detail = message.hasPrefix("\(name) ") ? message : "\(name) \(message)"
        var problem = Problem(400, "invalid_request", title: "Invalid request", detail: detail + ".")
        problem.errors = [Item(pointer: pointer(field), code: code, message: message)]
        return problem
    }

    /// `options.events[0]` → `/options/events/0`. Source: RFC 6901.
    static func pointer(_ path: String) -> String {
        guard !path.isEmpty else { return "" }
        let plain = path.replacing("~", with: "~0").replacing("/", with: "~1")
        return "/" + plain.replacing("[", with: "/").replacing("]", with: "").replacing(".", with: "/")
    }
}
