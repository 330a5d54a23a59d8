// SPDX-License-Identifier: Apache-2.0
import Domain
import OpenAPI

extension NativeAPI {
    static var operatorOperations: [Operation] { partnerOperations + keyOperations + appOperations }

    private static var partnerOperations: [Operation] {
        [
            .native(
                .post, "partners", .operator, "Partners", "Create a partner", body: .ref("NewPartner"),
                answer: (201, .ref("Partner")), refusals: [404, 422], isIdempotent: true),
            .page("partners", .operator, "Partners", "List partners", of: "Partner"),
            .native(.get, "partners/{id}", .both, "Partners", "Show a partner", answer: (200, .ref("Partner"))),
            .native(
                .post, "partners/{id}/enable", .operator, "Partners", "Switch WhatsApp on", body: .nothing,
                isBodyOptional: true, answer: (200, .ref("Partner"))),
            .native(
                .post, "partners/{id}/disable", .operator, "Partners", "Switch WhatsApp off", body: .nothing,
                isBodyOptional: true, answer: (200, .ref("Partner"))),
            .native(
                .post, "partners/{id}/solutions", .operator, "Partners", "Give a Multi-Partner Solution to a partner",
                body: .body(["solution_id": .metaID]),
                answer: (201, .object(["partner_id": .string, "solution_id": .string])), refusals: [409]),
            .native(
                .post, "partners/{id}/businesses", .operator, "Partners", "Approve a business as a partner's customer",
                body: .body(["business_id": .metaID]),
                answer: (201, .object(["partner_id": .string, "business_id": .string])), refusals: [409]),
        ]
    }

    private static var keyOperations: [Operation] {
        [
            .native(
                .post, "partners/{id}/keys", .operator, "Keys", "Mint a key for a partner",
                note: "The answer shows the key, once.", body: .nothing, isBodyOptional: true,
                answer: (201, .ref("MintedKey")), refusals: [422], isIdempotent: true),
            .native(.get, "keys", .both, "Keys", "List keys", answer: (200, .listed(.ref("Key")))),
            .native(.delete, "keys/{id}", .both, "Keys", "Revoke a key", answer: (204, nil)),
            .native(
                .get, "encryption", .operator, "Keys", "Show the keys of what is sealed",
                answer: (200, .ref("Encryption"))),
            .native(
                .post, "encryption/rotate", .operator, "Keys", "Seal everything again under a new key",
                body: .body(["new_key_encryption_key?": .boolean.orNull]), isBodyOptional: true,
                answer: (202, .ref("Encryption"))),
        ]
    }

    private static var appOperations: [Operation] {
        [
            .native(.get, "apps", .operator, "Apps", "List Meta apps", answer: (200, .listed(.ref("App")))),
            .native(.get, "apps/{id}", .operator, "Apps", "Show a Meta app", answer: (200, .ref("App"))),
            .native(
                .put, "apps/{id}", .operator, "Apps", "Set a Meta app",
                note: "The plain members as a whole; secrets that are left out stay.", body: .ref("AppSetting"),
                answer: (200, .ref("App"))),
            .native(
                .get, "apps/{id}/budgets", .operator, "Apps", "Show how many new customers may still be brought aboard",
                answer: (200, .listed(.ref("Budget")))),
            .native(
                .get, "clock", .operator, "Clock", "Read the test world's clock", answer: (200, .ref("Clock"))),
            .native(
                .post, "clock", .operator, "Clock", "Move the test world's clock on",
                body: .body(["advance_seconds": .number(0...10_000_000_000)]), answer: (200, .ref("Clock")),
                refusals: [502]),
        ]
    }

    static var operatorSchemas: [String: Schema] {
        let key: Schema = .object([
            "id": .string, "partner_id": .string.orNull, "role": .words(of: APIKeyRole.self), "prefix": .string,
            "created_at": .time, "last_used_at": .time.orNull, "revoked_at": .time.orNull,
        ])
        return [
            "NewPartner": .body([
                "name": .text(1...200), "app_id?": .metaID.orNull, "whatsapp_enabled?": .boolean.orNull,
                "default_currency?": .words(of: Currency.self).orNull,
            ]),
            "Partner": .object([
                "id": .string, "name": .string, "app_id": .string, "whatsapp_enabled": .boolean,
                "default_currency": .words(of: Currency.self).orNull, "created_at": .time,
            ]),
            "Key": key, "MintedKey": key.adding(["key": .string]),
            "Encryption": .object([
                "data_keys": .list(
                    .object([
                        "id": .string, "key_encryption_key_id": .string, "current": .boolean, "sealed": .integer,
                        "created_at": .time,
                    ])), "left": .integer, "resealing": .boolean,
            ]),
            "AppSetting": .body([
                "kind": .words(of: PartnerKind.self), "business_id": .metaID, "system_user_id?": .metaID.orNull,
                "extended_credit_line_id?": .metaID.orNull, "config_id?": .text(1...100).orNull,
                "new_customers_max?": .number(1...10_000).orNull, "app_secret?": .text(1...1000).orNull,
                "system_token?": .text(1...4096).orNull, "verify_token?": .text(1...255).orNull,
                "credit_sharing?": .words(of: CreditSharing.self).orNull,
                "offboard_on_removal?": .boolean.orNull,
            ]),
            "App": .object([
                "id": .string, "kind": .words(of: PartnerKind.self), "business_id": .string,
                "system_user_id": .string.orNull, "extended_credit_line_id": .string.orNull,
                "config_id": .string.orNull, "new_customers_max": .integer.orNull,
                "credit_sharing": .words(of: CreditSharing.self),
                "offboard_on_removal": .boolean,
            ]),
            "Clock": .object(["now": .time, "offset_seconds": .integer]),
        ]
    }
}
