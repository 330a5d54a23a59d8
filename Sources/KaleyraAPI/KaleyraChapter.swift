// SPDX-License-Identifier: Apache-2.0
import Domain
import Hummingbird
package import OpenAPI

extension KaleyraAPI {
    /// Kaleyra's dialect as the OpenAPI document tells it.
    package static var chapter: Chapter {
        Chapter(
            title: "Kaleyra's dialect",
            text: "Kaleyra's WhatsApp API, V1 and V2: a client of theirs changes its host and nothing else.",
            operations: activationOperations + numberOperations, schemas: schemas,
            security: [scheme: ["type": "apiKey", "in": "header", "name": .string(Routes.keyHeader)]])
    }

    fileprivate static let scheme = "kaleyraKey"

    private static var activationOperations: [Operation] {
        var submit = Operation.kaleyra(
            .post, Routes.activation.description, "WhatsApp registration", of: "KaleyraActivation")
        let fields: KeyValuePairs<String, Schema> = [
            "display_name": .text(1...128), "wa_number": .e164, "business_id": .businessID,
            "business_name": .text(1...200), "incoming_url?": .string,
        ]
        let file = Schema.string.described("A jpeg, jpg, pdf or png of 10 MiB at most.")
        submit.body = Operation.Body([
            "multipart/form-data": .object(fields).adding([
                "business_certificate": file.with("contentMediaType", "application/octet-stream")
            ]),
            "application/json": .object(fields).adding([
                "business_certificate": file.with("contentEncoding", "base64")
            ]),
        ])
        return [
            submit,
            .kaleyra(
                .get, Routes.activation.description, "Show the newest registration", of: "KaleyraActivation",
                note: "Not documented by Kaleyra; its `status` follows the onboarding."),
        ]
    }

    private static var numberOperations: [Operation] {
        [
            .kaleyra(
                .post, Routes.number.description, "Add a WhatsApp number", of: "KaleyraNumber",
                fields: Schema.object(["wa_number": .string, "display_name": .text(1...128)]).adding(profile)),
            .kaleyra(
                .put, Routes.number.description, "Update a WhatsApp number", of: "KaleyraNumber",
                fields: Schema.object(["wa_number": .string]).adding(profile)),
            .kaleyra(.get, Routes.detailsV1.description, "Fetch phone number details (V1)", of: "KaleyraDetails"),
            .kaleyra(
                .post, Routes.addNumber.description, "Add phone number", of: "KaleyraNumber",
                fields: Schema.object([
                    "phone_number": .string, "name": .text(1...128), "country_code": .string,
                    "verification_type?": method,
                ]).adding(profile)),
            .kaleyra(
                .post, Routes.verifyNumber.description, "Verify phone number", of: "KaleyraNumber",
                fields: .object(["id?": .string, "phone_number?": .string, "otp": .pattern("^[0-9]{6}$")])),
            .kaleyra(
                .post, Routes.retryOTP.description, "Retry OTP for phone number", of: "KaleyraNumber",
                fields: .object([
                    "id?": .string, "phone_number?": .string, "verification_type?": method, "channel?": method,
                ])),
            .kaleyra(.get, Routes.numbersOfWABA.description, "Get phone numbers", of: "KaleyraNumber"),
            .kaleyra(
                .put, Routes.updateNumber.description, "Update phone number details", of: "KaleyraNumber",
                fields: Schema.object(["id?": .string, "phone_number?": .string]).adding(profile)),
            .kaleyra(.get, Routes.details.description, "Fetch phone number details", of: "KaleyraDetails"),
        ]
    }

    private static var method: Schema { .pattern("^([sS][mM][sS]|[vV][oO][iI][cC][eE])$") }

    /// What V1 and V2 take about a number.
    private static var profile: KeyValuePairs<String, Schema> {
        [
            "incoming_url?": .string, "address?": .text(0...256), "business_description?": .text(0...512),
            "business_category?": .string, "contact_email?": .text(0...128), "website?": .text(0...256),
            "about?": .text(0...139),
        ]
    }

    private static var schemas: [String: Schema] {
        [
            "KaleyraError": .object([
                "code": .string, "message": .string, "data": Schema.list(.any, max: 0),
                "error": .either(
                    .object([
                        "code": .string, "message": .string, "type": .const("VALIDATION_ERROR"),
                        "parameter": .string, "reference": .string,
                    ]), .object(["code": .string, "message": .string, "data": Schema.list(.any, max: 0)])),
            ]),
            "KaleyraActivation": .object([
                "business_details": .object([
                    "id": .integer, "company_id": .string, "business_id": .string, "business_name": .string,
                    "certificate_id": .integer, "status": .integer, "namespace": .string, "created_at": .string,
                    "modified_at": .string, "created_by": .string, "modified_by": .string, "waba_id": .string,
                ]),
                "phone_number": .object([
                    "created_by": .string, "created_at": .string, "company_id": .string, "name": .string,
                    "incoming_url": .string, "phone_number": .string, "country": .string, "status": .integer,
                    "iso_code": .string, "id": .integer,
                ]), "template": .string,
            ]),
            "KaleyraNumber": .object([
                "id": .string, "waba_id": .string, "phone_number": .string, "name": .string, "incoming_url": .string,
                "status": .string, "name_status": .string, "quality_rating": .string,
                "code_verification_status": .string,
            ]),
            "KaleyraDetails": details,
        ]
    }

    private static var details: Schema {
        let fault: Schema = .object([
            "error_code": .integer, "error_description": .string, "possible_solution": .string,
        ])
        return .object([
            "id": .string, "phone_number": .string, "messaging_limit_tier": .string, "name_status": .string,
            "quality_rating": .string, "quality_score": .object(["score": .string]), "status": .string,
            "throughput": .object(["level": .string]), "verified_name": .string,
            "health_status": .object([
                "can_send_message": .string, "can_receive_message": .string,
                "entities": .list(
                    .object([
                        "entity_type": .string, "id": .string, "can_send_message": .string, "errors": .list(fault),
                    ])),
            ]),
        ])
    }
}

extension Schema {
    fileprivate static let e164 = Schema.pattern("^\\+[1-9][0-9]{6,14}$")
    /// An Integer in the documents' table, a string in their sample: both are taken.
    fileprivate static let businessID = Schema.either(
        .pattern("^[1-9][0-9]{0,19}$"), .integer.with("minimum", 1))
}

extension Operation {
    fileprivate static func kaleyra(
        _ method: Method, _ path: String, _ summary: String, of schema: String, note: String? = nil,
        fields: Schema? = nil
    ) -> Operation {
        var operation = Operation(method, path, "Kaleyra", summary)
        operation.note = note
        operation.body = fields.map { Body(["application/json": $0, "multipart/form-data": $0]) }
        let refusal = Answer.json("A failure.", .ref("KaleyraError"))
        let done: Schema = .object([
            "code": .string, "message": .string, "data": .list(.ref(schema)), "error": .body,
        ])
        operation.answers = [(200, .json("Done.", done))] + [400, 401, 404, 500].map { ($0, refusal) }
        operation.otherwise = refusal
        operation.security = [KaleyraAPI.scheme]
        return operation
    }
}

extension Schema {
    fileprivate static let body = Schema.object([:], isClosed: true)
}
