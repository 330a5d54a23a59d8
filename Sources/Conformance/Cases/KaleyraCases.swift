// SPDX-License-Identifier: Apache-2.0

/// Kaleyra.io, WhatsApp activation and its neighbours. Source: developers.kaleyra.io, the pages that each case names.
///
/// Values: `kaleyra.sid`, `kaleyra.api_key`, of an account that has not asked for activation yet; `kaleyra.business_id`,
/// `kaleyra.wa_number` for the request itself. For the numbers: `kaleyra.live_sid`, `.live_api_key` of an active account,
/// `.waba_id`, `.phone_number_id`, `.live_number` (E.164) of a number that it has, `.country_code`, `.number`, `.otp` of one to add.
enum KaleyraCases {
    static let all: [ConformanceCase] = refusals + activation + numbersV1 + numbersV2

    private static let page = "Kaleyra, WhatsApp Registration"
    private static let path = "/v1/{{kaleyra.sid}}/whatsapp/activation"
    private static let key: [(name: String, value: String)] = [("api-key", "{{kaleyra.api_key}}")]

    private static func failure(_ error: String) -> String {
        """
        {"code": "E939", "message": "Failed to submit request for Whatsapp account activation.", "data": [],
         "error": \(error)}
        """
    }

    /// One of the two shapes of `error`: with `type`, `parameter` and `reference`.
    private static func invalid(_ parameter: String, _ message: String) -> String {
        failure(
            """
            {"code": "E413", "type": "VALIDATION_ERROR", "parameter": "\(parameter)", "message": "\(message)",
             "reference": ""}
            """)
    }

    private static let certificate = ConformanceCase.Part(
        "business_certificate", "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
        fileName: "certificate.pdf")

    private static func form(
        without missing: String = "", certificate: ConformanceCase.Part? = certificate
    ) -> ConformanceCase.Body {
        let fields = [
            ConformanceCase.Part("display_name", "xyz"), .init("wa_number", "{{kaleyra.wa_number}}"),
            .init("business_id", "{{kaleyra.business_id}}"), .init("business_name", "Kaleyra"),
        ]
        let parts = fields.filter { $0.name != missing } + [certificate].compactMap(\.self)
        return .multipart(parts)
    }

    private static func missing(_ name: String) -> ConformanceCase {
        ConformanceCase(
            "activation/E413/\(name)", source: "\(page), parameters: mandatory; text as for the certificate (inferred)",
            "POST", path, headers: key, body: form(without: name), status: 400...400,
            answer: invalid(name, "\(name) field is required and cannot be empty."))
    }

    private static let refusals = [
        ConformanceCase(
            "activation/E413/business_certificate", source: "\(page), Failure Response: required", "POST", path,
            headers: key, body: form(certificate: nil), status: 400...400,
            answer: invalid(
                "business_certificate", "business_certificate field is required and cannot be empty.")),
        ConformanceCase(
            "activation/E413/file-type", source: "\(page), Failure Response: jpeg, jpg, pdf or png", "POST", path,
            headers: key,
            body: form(
                certificate: ConformanceCase.Part(
                    "business_certificate", "MZ renamed executable", fileName: "certificate.pdf")), status: 400...400,
            answer: invalid(
                "business_certificate", "The business_certificate must be a file of type: jpeg,jpg,pdf,png.")),
        ConformanceCase(
            "activation/E413/business_id-number", source: "\(page), parameters: business_id is an Integer in the table",
            "POST",
            path, headers: key,
            body: .json(
                #"{"display_name": "xyz", "wa_number": "+13236001237", "business_id": 1234567891, "business_name": "k"}"#
            ),
            status: 400...400,
            answer: invalid(
                "business_certificate", "business_certificate field is required and cannot be empty.")),
        missing("display_name"), missing("wa_number"), missing("business_id"), missing("business_name"),
        ConformanceCase(
            "activation/RBC001", source: "Kaleyra, V2 result codes: wrong SID or key; for V1 inferred", "POST", path,
            headers: [("api-key", "wrong")], body: form(), status: 400...401,
            answer: #"{"code": "RBC001", "message": "<text>", "data?": "<any>", "error?": "<any>"}"#),
    ]

    private static let created = """
        {"code": "I102", "message": "Activation request created successfully.",
         "data": [{
            "business_details": {"id": "<number>", "company_id": "<string>", "business_id": "{{kaleyra.business_id}}",
                "business_name": "Kaleyra", "certificate_id": "<number>", "status": "<number>", "namespace": "<string>",
                "created_at": "<digits>", "modified_at": "<digits>", "created_by": "<string>",
                "modified_by": "<string>", "waba_id": "<string>"},
            "phone_number": {"created_by": "<string>", "created_at": "<digits>", "company_id": "<string>", "name": "xyz",
                "incoming_url": "", "phone_number": "{{kaleyra.wa_number}}", "country": "<string>", "status": "<number>",
                "iso_code": "<string>", "id": "<number>"},
            "template": ""}],
         "error": {}}
        """

    private static let activation = [
        ConformanceCase(
            "activation/I102", source: "\(page), Success Format", "POST", path, headers: key, body: form(),
            status: 200...200, answer: created, isChange: true),
        ConformanceCase(
            "activation/E937", source: "\(page), Failure Response: once per account", "POST", path, headers: key,
            body: form(), status: 400...409,
            answer: failure(
                """
                {"code": "E937", "message": "This account already has submitted a request for WhatsApp activation.",
                 "data": []}
                """), isChange: true),
    ]
}
