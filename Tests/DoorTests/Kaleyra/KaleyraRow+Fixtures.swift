// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import TestSupport

extension KaleyraRow {
    /// Empty only where ``notServed`` says why.
    var fixtures: [KaleyraFixture] {
        switch self {
        case .regionalHosts, .http202, .e110, .wav2101: []
        case .baseV1, .auth, .successEnvelope, .http200, .uploadForm, .activationSuccess, .certificatePNG:
            [.activation(KaleyraFixture.form(), 200, KaleyraText.success())]
        case .failureEnvelope, .http400, .validationShape, .certificateMissing: certificateMissingFixtures
        case .stateShape, .activationTwice:
            [.activation(KaleyraFixture.form(), 400, KaleyraText.twice, setup: .submitted)]
        case .displayName, .waNumber, .businessName, .otherFieldsMissing: missingFixtures
        case .businessIDNumber: [businessID("12345678901234567890")]
        case .businessIDString: [businessID("\"12345678901234567890\"")]
        case .certificateJPEG: [certificate(KaleyraForm.jpeg, "certificate.jpeg")]
        case .certificateJPG: [certificate(KaleyraForm.jpeg, "certificate.jpg")]
        case .certificatePDF: [certificate(KaleyraForm.pdf, "certificate.pdf")]
        case .certificateType: wrongTypeFixtures
        case .incomingURL:
            [
                .activation(
                    KaleyraFixture.form { $0.set("incoming_url", "https://hooks.example.com/in") }, 200,
                    KaleyraText.success(incoming: "https://hooks.example.com/in"))
            ]
        case .addNumberV1, .misspeltCategory, .displayImage, .updateNumberV1, .updateNeedsAField, .detailsV1,
            .numberMandatory, .numberString:
            fixturesV1
        case .baseV2, .idRequired, .idNumber, .addNumber, .verifyNumber, .wrongOTP, .retryOTP, .getNumbers,
            .updateNumber, .detailsV2, .wa200, .wa400, .wa500, .http500:
            fixturesV2
        case .rbc001: unauthorizedFixtures
        case .wa401:
            [
                .v2(
                    .get, "{waba}/number", .none, 400,
                    KaleyraText.state("WA401", "You must complete the KYC to access all the features in Kaleyra.io."),
                    setup: .trial)
            ]
        }
    }

    private var certificateMissingFixtures: [KaleyraFixture] {
        var without = KaleyraForm()
        without.certificate = nil
        var empty = KaleyraForm()
        empty.certificate = []
        let json = #"""
            {"display_name": "xyz", "wa_number": "+13236001237", "business_id": "1234567891", "business_name": "kaleyra"}
            """#
        let bodies: [KaleyraFixture.Body] = [.form(without), .form(empty), .json(json)]
        return bodies.map { KaleyraFixture.activation($0, 400, KaleyraText.missingCertificate) }
    }

    private var missingFixtures: [KaleyraFixture] {
        let name =
            switch self {
            case .displayName: "display_name"
            case .waNumber: "wa_number"
            case .businessName: "business_name"
            default: "business_id"
            }
        let words = KaleyraText.invalid(name, "\(name) field is required and cannot be empty.")
        return [
            .activation(KaleyraFixture.form { $0.set(name, nil) }, 400, words),
            .activation(KaleyraFixture.form { $0.set(name, " ") }, 400, words),
        ]
    }

    private func businessID(_ json: String) -> KaleyraFixture {
        let file = Data(KaleyraForm.png).base64EncodedString()
        return .activation(
            .json(
                #"""
                {"display_name": "xyz", "wa_number": "+13236001237", "business_id": \#(json), "business_name": "kaleyra",
                 "business_certificate": "data:image/png;base64,\#(file)"}
                """#), 200, KaleyraText.success("12345678901234567890"))
    }

    private func certificate(_ bytes: [UInt8], _ name: String) -> KaleyraFixture {
        .activation(
            KaleyraFixture.form {
                $0.certificate = bytes
                $0.filename = name
            }, 200, KaleyraText.success())
    }

    private var wrongTypeFixtures: [KaleyraFixture] {
        KaleyraForm.executables.map { program in
            var form = KaleyraForm()
            form.certificate = program
            form.filename = "certificate.png"
            return KaleyraFixture.activation(.form(form), 400, KaleyraText.otherType)
        }
    }

    private var fixturesV1: [KaleyraFixture] {
        let added = KaleyraText.number("I102", "WhatsApp number added successfully.")
        let updated = KaleyraText.number("I102", "WhatsApp number updated successfully.")
        return switch self {
        case .addNumberV1:
            [
                .v1(
                    .post, "number",
                    .json(
                        #"""
                        {"display_name": "Test", "wa_number": "+13236001237", "incoming_url": "https://hooks.example.com/in",
                         "address": "1 Hacker Way", "business_description": "We test.",
                         "business_category": "professional services", "contact_email": "a@example.com",
                         "website": "https://example.com"}
                        """#), 200,
                    added.replacing(#""incoming_url": """#, with: #""incoming_url": "https://hooks.example.com/in""#))
            ]
        case .misspeltCategory:
            [
                .v1(
                    .post, "number",
                    .json(
                        #"{"display_name": "Test", "wa_number": "+13236001237", "business_catregory": "EDUCATION"}"#),
                    200, added)
            ]
        case .displayImage:
            [
                .v1(
                    .put, "number", .json(#"{"wa_number": "+13236001237", "display_image": "aGk="}"#), 400,
                    KaleyraText.refused("E13001", "display_image", "The display_image is not supported."))
            ]
        case .updateNumberV1:
            [
                .v1(
                    .put, "number",
                    .json(
                        #"""
                        {"wa_number": "+13236001237", "about": "Hi", "address": "1 Hacker Way",
                         "business_description": "We test.", "business_category": "Restaurant",
                         "contact_email": "a@example.com", "website": "https://example.com"}
                        """#), 200, updated)
            ]
        case .updateNeedsAField:
            [
                .v1(
                    .put, "number", .json(#"{"wa_number": "+13236001237"}"#), 400,
                    KaleyraText.refused(
                        "E13001", "incoming_url", "incoming_url field is required and cannot be empty."))
            ]
        case .detailsV1:
            [.v1(.get, "13236001237/phone_number_details", .none, 200, KaleyraText.details("I102"))]
        case .numberMandatory:
            [
                .v1(
                    .put, "number", .json(#"{"about": "Hi"}"#), 400,
                    KaleyraText.refused("E13001", "wa_number", "The WhatsApp Number is mandatory."))
            ]
        case .numberString:
            [
                .v1(
                    .put, "number", .json(#"{"wa_number": 13236001237, "about": "Hi"}"#), 400,
                    KaleyraText.refused("E13001", "wa_number", "The WhatsApp Number must be a string."))
            ]
        default: []
        }
    }

    private var fixturesV2: [KaleyraFixture] {
        let verification = #"{"id": "{number}", "phone_number": "+13236001237", "otp": "123456"}"#
        return switch self {
        case .addNumber, .baseV2:
            [
                .v2(
                    .post, "{waba}/number/add",
                    .json(
                        #"""
                        {"phone_number": "3236001237", "name": "Test", "verification_type": "sms", "country_code": "1"}
                        """#), 200, KaleyraText.number("WA200", "Phone number added successfully."))
            ]
        case .verifyNumber:
            [
                .v2(
                    .post, "{waba}/number/verify", .json(verification), 200,
                    KaleyraText.number("WA200", "Phone number verified successfully."))
            ]
        case .wrongOTP:
            [
                .v2(
                    .post, "{waba}/number/verify", .json(verification), 400,
                    KaleyraText.refused("WA400", "otp", "The OTP is invalid."), setup: .wrongCode)
            ]
        case .retryOTP:
            [
                .v2(
                    .post, "{waba}/number/retry_otp",
                    .json(#"{"id": "{number}", "phone_number": "+13236001237", "channel": "voice"}"#), 200,
                    KaleyraText.number("WA200", "OTP sent successfully."))
            ]
        case .getNumbers, .wa200:
            [
                .v2(
                    .get, "{waba}/number", .none, 200,
                    KaleyraText.number("WA200", "Phone number details fetched successfully."))
            ]
        case .updateNumber:
            [
                .v2(
                    .put, "{waba}/number/update", .json(#"{"id": "{number}", "about": "Hi"}"#), 200,
                    KaleyraText.number("WA200", "Phone number details updated successfully."))
            ]
        case .detailsV2: [.v2(.get, "+13236001237/phone_number_details", .none, 200, KaleyraText.details("WA200"))]
        case .idRequired:
            [
                .v2(
                    .post, "{waba}/number/verify", .json(#"{"otp": "123456"}"#), 400,
                    KaleyraText.refused("WA400", "id", "The ID value is required."))
            ]
        case .idNumber:
            [
                .v2(
                    .post, "{waba}/number/verify", .json(#"{"id": "x", "otp": "123456"}"#), 400,
                    KaleyraText.refused("WA400", "id", "The ID value must be a number."))
            ]
        case .wa400:
            [
                .v2(
                    .post, "{waba}/number/verify", .json("not JSON"), 400,
                    KaleyraText.refused("WA400", "body", "The body must be valid JSON or multipart/form-data."))
            ]
        case .wa500, .http500:
            [
                .v2(
                    .get, "{waba}/number", .none, 500,
                    KaleyraText.state("WA500", "Server Error, unable to process your request."), setup: .silence)
            ]
        default: []
        }
    }

    private var unauthorizedFixtures: [KaleyraFixture] {
        let words = KaleyraText.state("RBC001", "Wrong SID or API key.")
        return [
            KaleyraFixture(
                method: .get, path: "/v2/{sid}/whatsapp/{waba}/number", setup: .number, hasKey: false, status: 401,
                answer: words),
            KaleyraFixture(
                method: .post, path: "/v1/{sid}/whatsapp/activation", body: KaleyraFixture.form(), hasKey: false,
                status: 401, answer: words),
        ]
    }
}
