// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services
import Testing

@testable import NativeAPI

/// Source: DESIGN.md sections 6 and 8; RFC 9457.
@Suite struct NativeErrorTests {
    static let documented: [(ServiceError, Int, String)] = [
        (.unauthorized, 401, "unauthorized"),
        (.partnerKeyRequired, 403, "partner_key_required"),
        (.operatorKeyRequired, 403, "operator_key_required"),
        (.invalid(field: "a.b[0]", message: "is odd"), 400, "invalid_request"),
        (.missing(field: "a"), 400, "invalid_request"),
        (.partnerNotFound, 404, "partner_not_found"),
        (.keyNotFound, 404, "key_not_found"),
        (.appNotFound, 404, "app_not_found"),
        (.customerNotFound, 404, "customer_not_found"),
        (.onboardingNotFound, 404, "onboarding_not_found"),
        (.wabaNotFound, 404, "waba_not_found"),
        (.phoneNumberNotFound, 404, "phone_number_not_found"),
        (.endpointNotFound, 404, "endpoint_not_found"),
        (.eventNotFound, 404, "event_not_found"),
        (.deliveryNotFound, 404, "delivery_not_found"),
        (.reconciliationNotFound, 404, "reconciliation_not_found"),
        (.importNotFound, 404, "import_not_found"),
        (.reconciliationUnderWay(ReconciliationID("rec_1")), 409, "reconciliation_under_way"),
        (.activationNotFound, 404, "activation_not_found"),
        (.activationExists, 409, "activation_exists"),
        (.activationDecided(.rejected), 409, "activation_decided"),
        (.accountNotVerified, 403, "account_not_verified"),
        (.emailTaken, 409, "email_taken"),
        (.phoneTaken, 409, "phone_taken"),
        (.externalIDTaken, 409, "external_id_taken"),
        (.businessOfAnotherPartner, 409, "business_of_another_partner"),
        (.solutionOfAnotherPartner, 409, "solution_of_another_partner"),
        (.whatsAppDisabled, 403, "whatsapp_disabled"),
        (.notResumable(.live), 409, "not_resumable"),
        (.notCancellable(.live), 409, "not_cancellable"),
        (.deliveryUnderWay, 409, "delivery_under_way"),
        (.endpointDisabled, 409, "endpoint_disabled"),
        (.idempotencyMismatch, 422, "idempotency_key_reused"),
        (.refusedByMeta(.refusal("read_solution")), 422, "refused_by_meta"),
        (.numberRefused(NumberRefusal(.pinMismatch)), 422, "pin_mismatch"),
        (.numberRefused(NumberRefusal(.tooManyRegistrations)), 429, "too_many_registrations"),
        (.numberRefused(NumberRefusal(.alreadyRegistered)), 409, "already_registered"),
        (.metaUnavailable(.silence("read_solution")), 502, "meta_unavailable"),
        (.unavailable, 503, "unavailable"),
    ]

    @Test("each fact has its status and code", arguments: documented)
    func answer(error: ServiceError, status: Int, code: String) {
        let problem = Problem(error)
        #expect(problem.status == status)
        #expect(problem.code == code)
        #expect(problem.detail.hasSuffix("."))
    }

    static let pointers = [
        ("", ""), ("name", "/name"), ("options.callback.uri", "/options/callback/uri"), ("events[12]", "/events/12"),
        ("a/b~c", "/a~1b~0c"),
    ]

    @Test("paths become JSON pointers", arguments: pointers)
    func pointer(path: String, pointer: String) {
        #expect(Problem.pointer(path) == pointer)
    }

    @Test("what Meta said is passed on as data")
    func meta() throws {
        let problem = Problem(.refusedByMeta(.refusal("read_solution", code: 100, subcode: 33)))
        #expect(problem.meta == Problem.MetaRefusal(code: 100, subcode: 33, message: "(#100) refused"))
    }
}
