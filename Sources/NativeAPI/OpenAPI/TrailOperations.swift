// SPDX-License-Identifier: Apache-2.0
import Domain
import OpenAPI

extension NativeAPI {
    static var trailOperations: [Operation] {
        let comments = [
            ("onboardings", "an onboarding"), ("wabas", "a WABA"), ("phone_numbers", "a phone number"),
        ].flatMap { name, thing in
            [
                Operation.native(
                    .post, "\(name)/{id}/comments", .both, "Comments", "Comment on \(thing)",
                    body: .body(["text": .text(1...10_000)]), answer: (201, .ref("Comment"))),
                .page("\(name)/{id}/comments", .both, "Comments", "List the comments on \(thing)", of: "Comment"),
            ]
        }
        return comments + [
            .native(
                .get, "audit", .operator, "Audit trail", "Show the trail's ends", answer: (200, .ref("AuditTrail"))),
            .native(
                .post, "audit/seal", .operator, "Audit trail", "Seal what is not sealed yet", body: .nothing,
                isBodyOptional: true, answer: (200, .ref("AuditTrail"))),
            .native(
                .get, "audit/verification", .operator, "Audit trail", "Verify a part of the trail",
                note: "`head` is a position and its hash as noted down before, joined by a colon.",
                query: [
                    .query("after", .integer.with("minimum", 0)), .query("limit", .number(1...5_000)),
                    .query("head", .string),
                ], answer: (200, .ref("AuditReport"))),
        ]
    }

    static var trailSchemas: [String: Schema] {
        [
            "Comment": .object([
                "id": .string, "partner_id": .string.orNull, "actor": .string, "text": .string.orNull, "at": .time,
            ]),
            "AuditLink": .object(["position": .integer, "hash": .string]),
            "AuditTrail": .object([
                "begins": Schema.ref("AuditLink").orNull, "head": Schema.ref("AuditLink").orNull,
                "sealed_at": .time.orNull, "unsealed": .integer,
            ]),
            "AuditReport": .object([
                "checked": .integer, "last": Schema.ref("AuditLink").orNull, "next_after": .integer.orNull,
                "broken": Schema.object(["position": .integer, "kind": .string, "activity_id": .string.orNull]).orNull,
                "trail": .ref("AuditTrail"),
            ]),
        ]
    }
}
