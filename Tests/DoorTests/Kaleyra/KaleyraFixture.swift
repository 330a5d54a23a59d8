// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import TestSupport

/// One documented request and its answer. `{sid}`, `{waba}`, `{number}` stand for ids; in answers `<integer>`, `<seconds>` (ten
/// digits as text) and `<text>` stand for what changes.
struct KaleyraFixture: Sendable {
    enum Body: Sendable {
        case none
        case json(String)
        case form(KaleyraForm)
    }

    enum Setup: Sendable {
        case none
        /// The account has submitted a request.
        case submitted
        /// The account's partner owns a WABA with one number.
        case number
        /// The same, and Meta does not answer.
        case silence
        /// The same, and Meta refuses every code.
        case wrongCode
        case trial
    }

    let method: HTTPRequest.Method
    let path: String
    var body = Body.none
    var setup = Setup.none
    var hasKey = true
    let status: Int
    let answer: String

    static func activation(_ body: Body, _ status: Int, _ answer: String, setup: Setup = .none) -> KaleyraFixture {
        KaleyraFixture(
            method: .post, path: "/v1/{sid}/whatsapp/activation", body: body, setup: setup, status: status,
            answer: answer)
    }

    static func form(_ change: (inout KaleyraForm) -> Void = { _ in }) -> Body {
        var form = KaleyraForm()
        change(&form)
        return .form(form)
    }

    static func v2(
        _ method: HTTPRequest.Method, _ tail: String, _ body: Body, _ status: Int, _ answer: String,
        setup: Setup = .number
    ) -> KaleyraFixture {
        KaleyraFixture(
            method: method, path: "/v2/{sid}/whatsapp/" + tail, body: body, setup: setup, status: status, answer: answer
        )
    }

    static func v1(
        _ method: HTTPRequest.Method, _ tail: String, _ body: Body, _ status: Int, _ answer: String,
        setup: Setup = .number
    ) -> KaleyraFixture {
        KaleyraFixture(
            method: method, path: "/v1/{sid}/whatsapp/" + tail, body: body, setup: setup, status: status, answer: answer
        )
    }
}

/// The printed bodies.
enum KaleyraText {
    static func success(_ business: String = "1234567891", incoming: String = "") -> String {
        """
        {"code": "I102", "message": "Activation request created successfully.", "data": [{
          "business_details": {"id": "<integer>", "company_id": "{sid}", "business_id": "\(business)",
            "business_name": "kaleyra", "certificate_id": "<integer>", "status": 2, "namespace": "<text>",
            "created_at": "<seconds>", "modified_at": "<seconds>", "created_by": "<text>", "modified_by": "<text>",
            "waba_id": "<text>"},
          "phone_number": {"created_by": "<text>", "created_at": "<seconds>", "company_id": "{sid}", "name": "xyz",
            "incoming_url": "\(incoming)", "phone_number": "+13236001237", "country": "<text>", "status": 2,
            "iso_code": "US", "id": "<integer>"},
          "template": ""}], "error": {}}
        """
    }

    /// The shape for what is wrong with a field.
    static func invalid(_ parameter: String, _ message: String) -> String {
        """
        {"code": "E939", "message": "Failed to submit request for Whatsapp account activation.", "data": [],
         "error": {"code": "E413", "type": "VALIDATION_ERROR", "parameter": "\(parameter)", "message": "\(message)",
         "reference": ""}}
        """
    }

    static let twice = """
        {"code": "E939", "message": "Failed to submit request for Whatsapp account activation.", "data": [],
         "error": {"code": "E937", "message": "This account already has submitted a request for WhatsApp activation.",
         "data": []}}
        """

    static let missingCertificate = invalid(
        "business_certificate", "business_certificate field is required and cannot be empty.")
    static let otherType = invalid(
        "business_certificate", "The business_certificate must be a file of type: jpeg,jpg,pdf,png.")

    static func refused(_ code: String, _ parameter: String, _ message: String) -> String {
        """
        {"code": "\(code)", "message": "\(message)", "data": [], "error": {"code": "\(code)",
         "type": "VALIDATION_ERROR", "parameter": "\(parameter)", "message": "\(message)", "reference": ""}}
        """
    }

    static func state(_ code: String, _ message: String) -> String {
        """
        {"code": "\(code)", "message": "\(message)", "data": [],
         "error": {"code": "\(code)", "message": "\(message)", "data": []}}
        """
    }

    static func number(_ code: String, _ message: String, incoming: String = "") -> String {
        """
        {"code": "\(code)", "message": "\(message)", "data": [{"id": "{number}", "waba_id": "{waba}",
         "phone_number": "+13236001237", "name": "<text>", "incoming_url": "\(incoming)", "status": "<text>",
         "name_status": "<text>", "quality_rating": "<text>", "code_verification_status": "<text>"}], "error": {}}
        """
    }

    static func details(_ code: String) -> String {
        """
        {"code": "\(code)", "message": "Phone number details fetched successfully.", "data": [{"id": "{number}",
         "phone_number": "+13236001237", "messaging_limit_tier": "TIER_250", "name_status": "APPROVED",
         "quality_rating": "GREEN", "quality_score": {"score": "GREEN"}, "status": "CONNECTED",
         "throughput": {"level": "STANDARD"}, "verified_name": "Test", "health_status": {
           "can_send_message": "LIMITED", "can_receive_message": "AVAILABLE", "entities": [{"entity_type": "WABA",
           "id": "{waba}", "can_send_message": "LIMITED", "errors": [{"error_code": 141010,
           "error_description": "Not verified", "possible_solution": "Verify the business"}]}]}}], "error": {}}
        """
    }
}
