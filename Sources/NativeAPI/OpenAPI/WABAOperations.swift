// SPDX-License-Identifier: Apache-2.0
import Domain
import OpenAPI
import Services

extension NativeAPI {
    static var wabaOperations: [Operation] {
        [
            .page(
                "wabas", .both, "WABAs", "List WABAs",
                of: "ListedWABA",
                note: "Our records; with `source` and an operator's key Meta's own lists, read now.",
                filters: [
                    .query("source", .words(["records", "client", "owned"])), .query("app_id", .string),
                    .query("partner_id", .string), .query("customer_id", .uuid),
                    .query("state", .words(of: WABA.State.self)), .query("review_status", .string),
                    .query("created_after", .string.described("RFC 3339 or Unix seconds.")),
                    .query("created_before", .string.described("RFC 3339 or Unix seconds.")),
                    .query("sort", .words(of: WABAs.Order.self)),
                ]),
            .native(
                .get, "wabas/{id}", .both, "WABAs", "Show a WABA",
                note: "With `refresh=true` Meta is asked; what it said stands under `meta`.",
                query: [.query("refresh", .words(["true", "false"]))], answer: (200, .ref("WABADetail")),
                refusals: [422, 502]),
            .native(
                .get, "wabas/{id}/token", .both, "WABAs", "Inspect the stored token",
                note: "What Meta says of it; never the token.", answer: (200, .ref("TokenInspection")),
                refusals: [422, 502]),
            withPreview(
                .native(
                    .post, "wabas/{id}/offboard", .both, "WABAs", "Begin a WABA's departure",
                    body: .body(["deregister?": .boolean.orNull, "keep_credit_line?": .boolean.orNull]),
                    isBodyOptional: true, answer: (202, .ref("Onboarding")), refusals: [409, 422], isIdempotent: true)),
        ]
    }

    static var wabaSchemas: [String: Schema] {
        let record: Schema = .object([
            "id": .string, "partner_id": .string, "customer_id": .uuid.orNull, "app_id": .string,
            "business_id": .string.orNull, "name": .string.orNull, "currency": .string.orNull,
            "state": .words(of: WABA.State.self), "evidence": .words(of: OwnershipEvidence.self),
            "review_status": .string.orNull, "restriction": .string.orNull, "subscribed": .boolean,
            "created_at": .time, "updated_at": .time,
        ])
        return [
            "WABA": record,
            "ListedWABA": .either(.ref("WABA"), .ref("MetaListedWABA")),
            "MetaListedWABA": metaFields.adding([
                "record": Schema.object([
                    "partner_id": .string, "customer_id": .uuid.orNull, "state": .words(of: WABA.State.self),
                ]).orNull
            ]),
            "WABADetail": record.adding([
                "token": .object(["kept": .boolean, "expires_at": .time.orNull]),
                "business_app_syncs": .list(.ref("BusinessAppSync")),
                "credit": Schema.ref("CreditShare").orNull, "callback_uri": .string.orNull,
                "phone_numbers": .list(.ref("PhoneNumber")),
                "certificates": .list(
                    .object([
                        "phone_number_id": .string, "state": certificateState, "name_status": .string.orNull,
                    ])), "meta": Schema.ref("WABAAtMeta").orNull,
            ]),
            "BusinessAppSync": .object([
                "phone_number_id": .string, "sync": .words(of: BusinessAppSync.Kind.self),
                "state": .words(of: BusinessAppSync.State.self), "request_id": .string.orNull, "due_at": .time,
                "requested_at": .time.orNull, "progress": .integer.orNull,
            ]),
            "CreditShare": .object([
                "state": .string, "extended_credit_line_id": .string, "allocation_id": .string.orNull,
                "currency": .words(of: Currency.self).orNull, "intended_at": .time,
            ]),
            "MetaNumber": .object([
                "id": .string, "display_phone_number": .string.orNull, "verified_name": .string.orNull,
                "status": .string.orNull, "quality_rating": .string.orNull, "name_status": .string.orNull,
                "code_verification_status": .string.orNull, "platform_type": .string.orNull,
                "certificate_state": certificateState,
            ]),
            "WABAAtMeta": atMeta, "TokenInspection": tokenInspection,
        ]
    }

    private static var certificateState: Schema { .words(of: PhoneNumberFacts.CertificateState.self).orNull }

    /// Meta's plain fields of a WABA, under Meta's names.
    private static var metaFields: Schema {
        let business = Schema.object(["id": .string, "name": .string.orNull]).orNull
        return .object([
            "id": .string, "name": .string.orNull, "currency": .string.orNull, "country": .string.orNull,
            "timezone_id": .string.orNull, "message_template_namespace": .string.orNull,
            "account_review_status": .string.orNull, "business_verification_status": .string.orNull,
            "ownership_type": .string.orNull, "owner_business_info": business,
            "on_behalf_of_business_info": business, "status": .string.orNull,
            "is_enabled_for_insights": .boolean.orNull,
            "whatsapp_business_manager_messaging_limit": .string.orNull, "primary_funding_id": .string.orNull,
            "creation_time": .time.orNull,
        ])
    }

    private static var atMeta: Schema {
        let entity: Schema = .object([
            "entity_type": .string.orNull, "id": .string.orNull, "can_send_message": .string.orNull,
            "errors": .list(
                .object([
                    "error_code": .integer.orNull, "error_description": .string.orNull,
                    "possible_solution": .string.orNull,
                ])), "additional_info": .list(.string),
        ])
        return Schema.object([
            "read_at": .time, "shared": .boolean.orNull,
            "health_status": Schema.object(["can_send_message": .string.orNull, "entities": .list(entity)]).orNull,
            "subscribed_apps": Schema.list(
                .object([
                    "app_id": .string, "name": .string.orNull, "override_callback_uri": .string.orNull,
                ])
            ).orNull,
            "permissions": Schema.list(
                .object(["user_id": .string, "name": .string.orNull, "tasks": .list(.string)])
            ).orNull,
            "funding": Schema.object([
                "primary_funding_id": .string.orNull, "allocation_credential_id": .string.orNull,
                "allocation_revoked": .boolean, "line_attached": .boolean,
            ]).orNull,
            "phone_numbers": Schema.list(.ref("MetaNumber")).orNull,
            "refusals": .list(
                .object([
                    "call": .string, "code": .integer.orNull, "subcode": .integer.orNull, "message": .string,
                ])),
        ]).with("description", "What Meta answered just now, with its own fields of the WABA where it gave them.")
            .with("additionalProperties", true)
    }

    private static var tokenInspection: Schema {
        .object([
            "waba_id": .string, "valid": .boolean, "type": .string.orNull, "app_id": .string.orNull,
            "of_our_app": .boolean, "scopes": .list(.string),
            "granular_scopes": .list(.object(["scope": .string, "target_ids": Schema.list(.string).orNull])),
            "expires_at": .time.orNull, "data_access_expires_at": .time.orNull, "issued_at": .time.orNull,
            "error": Schema.object(["code": .integer, "subcode": .integer.orNull]).orNull,
        ])
    }
}
