// SPDX-License-Identifier: Apache-2.0
import Domain
import OpenAPI

extension NativeAPI {
    static var webhookOperations: [Operation] {
        [
            .native(
                .post, "endpoints", .partner, "Endpoints", "Create an endpoint",
                note: "The answer shows the signing secret, once.", body: .ref("NewEndpoint"),
                answer: (201, .ref("CreatedEndpoint")), refusals: [404, 422], isIdempotent: true),
            .page("endpoints", .both, "Endpoints", "List endpoints", of: "Endpoint"),
            .native(.get, "endpoints/{id}", .both, "Endpoints", "Show an endpoint", answer: (200, .ref("Endpoint"))),
            .native(
                .patch, "endpoints/{id}", .both, "Endpoints", "Change an endpoint",
                note: "What is left out stays.",
                body: .body([
                    "url?": .text(1...2048).orNull, "events?": eventFilter.orNull,
                    "state?": .words(of: Endpoint.State.self).orNull,
                ]), isBodyOptional: true, answer: (200, .ref("Endpoint"))),
            .native(.delete, "endpoints/{id}", .both, "Endpoints", "Delete an endpoint", answer: (204, nil)),
            .page(
                "events", .both, "Events", "List events", of: "Event",
                note: "Each as its webhooks show it.",
                filters: [.query("type", .string), .query("onboarding_id", .string)]),
            .native(.get, "events/{id}", .both, "Events", "Show an event", answer: (200, .ref("Event"))),
            .page(
                "deliveries", .both, "Events", "List deliveries", of: "Delivery",
                filters: [
                    .query("endpoint_id", .string), .query("event_id", .string),
                    .query("state", .words(of: DeliveryState.self)),
                ]),
            .native(
                .get, "deliveries/{id}", .both, "Events", "Show a delivery with its attempts",
                answer: (200, .ref("DeliveryDetail"))),
            .native(
                .post, "deliveries/{id}/redeliver", .both, "Events", "Send a delivery again",
                note: "Due now; the `webhook-id` stays.", body: .nothing, isBodyOptional: true,
                answer: (202, .ref("Delivery")), refusals: [409]),
            .page(
                "activities", .both, "Activities", "List who did what", of: "Activity",
                filters: [.query("target", .string)]),
        ]
    }

    private static var eventFilter: Schema {
        Schema.list(.string.described("`*`, an event type or `prefix.*`."), max: 50).with("minItems", 1)
    }

    static var webhookSchemas: [String: Schema] {
        let endpoint: Schema = .object([
            "id": .string, "partner_id": .string, "customer_id": .uuid.orNull, "url": .string,
            "events": .list(.string), "format": .words(of: WebhookFormatName.self),
            "state": .words(of: Endpoint.State.self), "disabled_reason": .string.orNull, "created_at": .time,
            "updated_at": .time,
        ])
        let delivery: Schema = .object([
            "id": .string, "partner_id": .string, "event_id": .string, "endpoint_id": .string,
            "state": .words(of: DeliveryState.self), "attempt": .integer, "due_at": .time.orNull,
            "last_status": .integer.orNull, "last_error": .string.orNull, "created_at": .time,
            "finished_at": .time.orNull,
        ])
        return [
            "NewEndpoint": .body([
                "url": .text(1...2048), "events": eventFilter,
                "format?": .words(of: WebhookFormatName.self).orNull, "customer_id?": .uuid.orNull,
            ]),
            "Endpoint": endpoint, "CreatedEndpoint": endpoint.adding(["secret": .pattern("^whsec_")]),
            "Event": .object([
                "id": .string, "type": .string, "timestamp": .time,
                "data": Schema.object([
                    "customer_id": .string.orNull, "waba_id": .string.orNull, "phone_number_id": .string.orNull,
                    "onboarding_id": .string.orNull,
                ]).with("additionalProperties", true),
            ]),
            "Delivery": delivery,
            "DeliveryDetail": delivery.adding([
                "attempts": .list(
                    .object([
                        "attempt": .integer, "manual": .boolean, "started_at": .time, "finished_at": .time.orNull,
                        "status": .integer.orNull, "error": .string.orNull, "address": .string.orNull,
                        "response": .string.orNull,
                    ]))
            ]),
            "Activity": .object([
                "id": .string, "partner_id": .string.orNull, "actor": .string, "action": .string,
                "target": .string, "detail": .string.orNull, "at": .time,
            ]),
        ]
    }
}
