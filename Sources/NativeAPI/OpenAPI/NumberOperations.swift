// SPDX-License-Identifier: Apache-2.0
import Domain
import OpenAPI
import Services

extension NativeAPI {
    private static let tag = "Phone numbers"

    static var numberOperations: [Operation] { numberRecords + numberChanges + pinOperations }

    private static var numberRecords: [Operation] {
        [
            .page(
                "phone_numbers", .both, tag, "List phone numbers", of: "PhoneNumber",
                filters: [.query("waba_id", .string)]),
            .native(
                .get, "phone_numbers/{id}", .both, tag, "Show a phone number", answer: (200, .ref("PhoneNumber"))),
            .native(
                .get, "phone_numbers/{id}/budgets", .both, tag, "Show what is left of Meta's limits",
                answer: (200, .listed(.ref("Budget")))),
            .native(
                .get, "phone_numbers/{id}/profile", .both, tag, "Read the business profile at Meta",
                answer: (200, .ref("Profile")), refusals: [422, 502]),
            .native(
                .patch, "phone_numbers/{id}/profile", .both, tag, "Write the business profile",
                note: "At least one member. Empty text clears all but `about`.", body: .ref("ProfileChange"),
                answer: (200, .ref("Profile")), refusals: [422, 502]),
        ]
    }

    private static var numberChanges: [Operation] {
        let refusals = [409, 422, 429, 502]
        let number: Schema = .ref("PhoneNumber")
        var add = Operation.native(
            .post, "phone_numbers", .both, tag, "Put a number on a WABA",
            body: .body([
                "waba_id": .metaID, "country_code": .pattern("^[0-9]{1,3}$"), "phone_number": .pattern("^[0-9]{4,14}$"),
                "verified_name": .text(1...512),
            ]), answer: (201, number), refusals: refusals + [404])
        add.answers.append((200, .json("The WABA had it already.", number)))
        return [
            add,
            .native(
                .post, "phone_numbers/{id}/request_code", .both, tag, "Let Meta send a code to the number",
                body: .body([
                    "method?": .words(of: PhoneNumbers.CodeMethod.self).orNull,
                    "language?": .pattern("^[a-z]{2,3}(_[A-Z]{2})?$").orNull,
                ]), isBodyOptional: true,
                answer: (200, .object(["id": .string, "outcome": .words(["sent", "already_verified"])])),
                refusals: refusals),
            .native(
                .post, "phone_numbers/{id}/verify_code", .both, tag, "Verify a number with the code",
                body: .body(["code": .pattern("^[0-9][0-9-]{2,9}[0-9]$").described("4 to 10 digits.")]),
                answer: (200, number), refusals: refusals),
            .native(
                .post, "phone_numbers/{id}/register", .both, tag, "Register a number",
                body: .body(["pin?": .pin.orNull, "region?": .pattern("^[A-Za-z]{2}$").orNull]),
                isBodyOptional: true, answer: (200, number), refusals: refusals),
            .native(
                .post, "phone_numbers/{id}/deregister", .both, tag, "Take a number off the Cloud API",
                body: .nothing, isBodyOptional: true, answer: (200, number), refusals: refusals),
            .native(
                .post, "phone_numbers/{id}/display_name", .both, tag, "Ask Meta for another display name",
                body: .body(["display_name": .text(1...512)]), answer: (202, number), refusals: refusals),
            .native(
                .post, "phone_numbers/{id}/refresh", .both, tag, "Read the number at Meta now", body: .nothing,
                isBodyOptional: true, answer: (200, number), refusals: [422, 502]),
        ]
    }

    private static var pinOperations: [Operation] {
        [
            .native(
                .post, "phone_numbers/{id}/pin", .both, tag, "Change the two-step PIN",
                note: "Without `pin` one is made.", body: .body(["pin?": .pin.orNull]), isBodyOptional: true,
                answer: (200, .ref("PhoneNumber")), refusals: [409, 422, 502]),
            .native(
                .post, "phone_numbers/{id}/pin/reveal", .both, tag, "Show the kept PIN, once", body: .nothing,
                isBodyOptional: true, answer: (200, .object(["id": .string, "pin": .pin])), refusals: [409]),
            .native(
                .post, "phone_numbers/{id}/pin/allow_reveal", .operator, tag, "Let the PIN be shown once more",
                body: .nothing, isBodyOptional: true, answer: (200, .object(["id": .string])), refusals: [409]),
        ]
    }

    static var numberSchemas: [String: Schema] {
        let profile: Schema = .object([
            "id": .string, "about": .string.orNull, "address": .string.orNull, "description": .string.orNull,
            "email": .string.orNull, "websites": .list(.string), "vertical": .string.orNull,
            "profile_picture_url": .string.orNull,
        ])
        return [
            "PhoneNumber": .object([
                "id": .string, "partner_id": .string, "waba_id": .string, "phone_number": .string.orNull,
                "display_phone_number": .string.orNull, "verified_name": .string.orNull, "status": .string.orNull,
                "quality_rating": .string.orNull, "name_status": .string.orNull,
                "code_verification_status": .string.orNull, "platform_type": .string.orNull,
                "throughput_level": .string.orNull, "messaging_limit": .string.orNull,
                "requested_name": .string.orNull, "requested_name_status": .string.orNull,
                "registration_due_at": .time.orNull, "last_onboarded_at": .time.orNull, "created_at": .time,
                "updated_at": .time,
            ]),
            "Budget": .object([
                "kind": .words(NumberBudget.Kind.allCases.map(\.rawValue) + ["new_customer"]), "limit": .integer,
                "window_hours": .integer, "used": .integer, "left": .integer, "next_allowed_at": .time.orNull,
            ]),
            "Profile": profile,
            "ProfileChange": Schema.body([
                "about?": .text(1...139), "address?": .text(0...256), "description?": .text(0...512),
                "email?": .text(0...128), "websites?": .list(.text(1...256).with("pattern", "^https?://"), max: 2),
                "vertical?": .words(of: ProfileBody.Vertical.self),
            ]).with("minProperties", 1),
        ]
    }
}
