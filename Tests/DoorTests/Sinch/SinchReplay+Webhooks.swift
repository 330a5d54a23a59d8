// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPTypes

/// Source: Sinch, tag "Webhooks".
extension SinchReplay {
    private static let shown = """
        {"id": "*", "target": "https://partner.example/hooks/1", "projectId": "*", "triggers": ["ALL"]}
        """

    private static let body = #"{"target": "https://partner.example/hooks/1", "secret": "s3cret", "triggers": ["ALL"]}"#

    static let webhooks: [SinchReplay] = [
        SinchReplay("POST webhooks", method: .post, "/webhooks", body, 201, .json(shown)),
        SinchReplay(
            "GET webhooks", method: .get, "/webhooks", 200,
            .json(#"{"totalSize": 1, "pageSize": 15, "webhooks": [\#(shown)]}"#), after: { try await $0.webhook() }),
        SinchReplay(
            "GET webhook", method: .get, "/webhooks/{webhook}", 200, .json(shown), after: { try await $0.webhook() }),
        SinchReplay(
            "PUT webhook", method: .put, "/webhooks/{webhook}",
            #"{"target": "https://partner.example/new", "secret": "n", "triggers": ["WHATSAPP_SENDER_ACTIVE"]}"#, 200,
            .json(
                """
                {"id": "*", "target": "https://partner.example/new", "projectId": "*",
                 "triggers": ["WHATSAPP_SENDER_ACTIVE"]}
                """), after: { try await $0.webhook() }),
        SinchReplay(
            "PATCH webhook", method: .patch, "/webhooks/{webhook}", #"{"triggers": ["BUNDLE_DONE"]}"#, 200,
            .json(
                """
                {"id": "*", "target": "https://partner.example/hooks/1", "projectId": "*", "triggers": ["BUNDLE_DONE"]}
                """), after: { try await $0.webhook() }),
        SinchReplay(
            "DELETE webhook", method: .delete, "/webhooks/{webhook}", 204, .empty, after: { try await $0.webhook() }),
        SinchReplay(
            "webhook_exists", method: .post, "/webhooks", body, 409,
            .error("webhook_exists", "Webhook already exists."), after: { try await $0.webhook() }),
        SinchReplay(
            "webhook_limit_reached", method: .post, "/webhooks",
            #"{"target": "https://partner.example/hooks/16", "secret": "s", "triggers": ["ALL"]}"#, 424,
            .error("webhook_limit_reached", "Webhook limit reached."), after: { try await $0.fillWebhooks() }),
        SinchReplay(
            "webhook_not_found", method: .get, "/webhooks/018c0000-0000-7000-8000-000000000000", 404,
            .error("webhook_not_found", "Webhook not found.")),
        SinchReplay(
            "invalid_id_format", method: .get, "/webhooks/x", 400, .error("invalid_id_format", "Invalid ID format.")),
        SinchReplay(
            "webhook target must be a string", method: .post, "/webhooks", #"{"secret": "s", "triggers": ["ALL"]}"#,
            400,
            .error(
                "invalid_input", "Invalid input.", information: #"{"validationErrors": ["target must be a string"]}"#)),
        SinchReplay(
            "webhook target must be a URL address", method: .post, "/webhooks",
            #"{"target": "nowhere", "secret": "s", "triggers": ["ALL"]}"#, 400,
            .error(
                "invalid_input", "Invalid input.",
                information: #"{"validationErrors": ["target must be a URL address"]}"#)),
        SinchReplay(
            "ALL stands alone", method: .post, "/webhooks",
            #"{"target": "https://a.example/", "secret": "s", "triggers": ["ALL", "BUNDLE_DONE"]}"#, 400,
            .error("invalid_input", "Invalid input.")),
    ]
}
