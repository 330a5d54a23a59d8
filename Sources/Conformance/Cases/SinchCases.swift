// SPDX-License-Identifier: Apache-2.0

/// Sinch Provisioning API, WhatsApp part. Source: its OpenAPI description, version 1.2.117, and the pages that cases name.
///
/// Values: `sinch.project_id`, `sinch.basic` (base64 of `key_id:key_secret`), or `sinch.token`; for what changes something,
/// `sinch.webhook_url`.
enum SinchCases {
    static let all: [ConformanceCase] = project + tokens + senders + webhooks

    private static let base = "/v1/projects/{{sinch.project_id}}"
    private static let auth: [(name: String, value: String)] = [("authorization", "Basic {{sinch.basic}}")]

    static func failure(_ code: String, _ message: String, _ resolution: String = "<text>") -> String {
        """
        {"errorCode": "\(code)", "message": "\(message)", "resolution": "\(resolution)",
         "additionalInformation?": "<object>"}
        """
    }

    private static func invalid(_ texts: String...) -> String {
        let list = texts.map { #""\#($0)""# }.joined(separator: ", ")
        return """
            {"errorCode": "invalid_input", "message": "Invalid input.",
             "resolution": "Correct the validation errors and submit again.",
             "additionalInformation": {"validationErrors": [\(list)]}}
            """
    }

    private static let unauthorized = failure(
        "unauthorized_error", "Unauthorized error.", "Verify that projectId is correct.")
    private static let nobody = "01EXAMPLE0000000000000000"

    private static func asked(
        _ id: String, _ source: String, _ method: String, _ path: String, json: String? = nil, _ status: Int,
        _ answer: String?, keeps: [String: String] = [:], isChange: Bool = false
    ) -> ConformanceCase {
        ConformanceCase(
            id, source: "Sinch Provisioning, \(source)", method, base + path, headers: auth,
            body: json.map { .json($0) } ?? .none, status: status...status, answer: answer, keeps: keeps,
            isChange: isChange)
    }

    // MARK: Errors of every operation

    private static let project = [
        ConformanceCase(
            "errors/401", source: "Sinch Provisioning, common errors: unauthorized_error", "GET", "\(base)/whatsapp",
            status: 401...401, answer: unauthorized),
        ConformanceCase(
            "errors/401/project", source: "Sinch Provisioning, common errors: unauthorized_error, wrong project", "GET",
            "/v1/projects/{{random.uuid}}/whatsapp", headers: auth, status: 401...401, answer: unauthorized),
        asked(
            "errors/invalid_page_size", "common errors", "GET", "/whatsapp/senders?pageSize=x", 400,
            failure(
                "invalid_page_size", "Page size must be numeric.", "Use a integer value for pageSize parameter.")),
        asked(
            "errors/invalid_page_token", "common errors", "GET", "/whatsapp/senders?pageToken=nonsense", 400,
            failure(
                "invalid_page_token", "Invalid page token.",
                "The page token to use is provided in the previous query response, for new queries simply leave this "
                    + "field undefined.")),
    ]

    // MARK: Tag "WhatsApp"

    private static let oneOf = "at least one of facebookToken or facebookCode must be provided"

    private static let tokens = [
        asked(
            "wabaDetails/invalid_input", "wabaDetails, 400", "POST", "/whatsapp/wabaDetails", json: "{}", 400,
            failure("invalid_input", "Invalid input.", "Correct the validation errors and submit again.")),
        asked(
            "wabaDetails/invalid_facebook_token", "wabaDetails, 400", "POST", "/whatsapp/wabaDetails",
            json: #"{"facebookToken": "EAAnonsense"}"#, 400,
            failure("invalid_facebook_token", "Facebook token is invalid or has expired")),
        asked(
            "longLivedAccessToken/neither", "longLivedAccessToken, 400", "POST", "/whatsapp/longLivedAccessToken",
            json: "{}", 400, invalid(oneOf)),
        asked(
            "comments/empty", "account comments, 400", "POST", "/whatsapp/comments", json: #"{"comment": ""}"#, 400,
            invalid("comment must be longer than or equal to 1 characters")),
    ]

    // MARK: Senders

    private static let noSender = failure("sender_not_found", "Sender not found.")

    private static let senders = [
        asked(
            "senders/200", "list senders", "GET", "/whatsapp/senders", 200,
            """
            {"totalSize": "<number>", "pageSize": "<number>", "previousPageToken?": "<string>",
             "nextPageToken?": "<string>", "senders": "<array>"}
            """),
        asked("senders/get/404", "get sender, 404", "GET", "/whatsapp/senders/\(nobody)", 404, noSender),
        asked("senders/delete/404", "delete sender, 404", "DELETE", "/whatsapp/senders/\(nobody)", 404, noSender),
        asked(
            "senders/activities/404", "sender activities, 404", "GET", "/whatsapp/senders/\(nobody)/activities", 404,
            noSender),
        asked(
            "senders/register/404", "register, 404", "POST", "/whatsapp/senders/\(nobody)/register",
            json: #"{"method": "SMS"}"#, 404, noSender),
        asked(
            "senders/verify/404", "verify, 404", "POST", "/whatsapp/senders/\(nobody)/verify",
            json: #"{"code": "123456"}"#, 404, noSender),
    ]

    // MARK: Webhooks

    private static let webhook = """
        {"id": "<text>", "target": "{{sinch.webhook_url}}/{{run.uuid}}", "projectId": "{{sinch.project_id}}",
         "triggers": ["WHATSAPP_SENDER_ACTIVE"]}
        """
    private static let webhookOrder = """
        {"target": "{{sinch.webhook_url}}/{{run.uuid}}", "secret": "conform-secret", "triggers": ["WHATSAPP_SENDER_ACTIVE"]}
        """

    private static let webhooks = [
        asked(
            "webhooks/200", "list webhooks", "GET", "/webhooks", 200,
            """
            {"totalSize": "<number>", "pageSize": "<number>", "previousPageToken?": "<string>",
             "nextPageToken?": "<string>", "webhooks": "<array>"}
            """),
        asked(
            "webhooks/invalid_input", "create webhook, 400", "POST", "/webhooks",
            json: #"{"target": "nonsense", "secret": "x", "triggers": ["ALL"]}"#, 400,
            invalid("target must be a URL address")),
        asked(
            "webhooks/201", "create webhook", "POST", "/webhooks", json: webhookOrder, 201, webhook,
            keeps: ["run.webhook_id": "id"], isChange: true),
        asked(
            "webhooks/webhook_exists", "create webhook, 409", "POST", "/webhooks", json: webhookOrder, 409,
            failure("webhook_exists", "<text>"), isChange: true),
        asked(
            "webhooks/get", "get webhook; the secret is write-only", "GET", "/webhooks/{{run.webhook_id}}", 200, webhook
        ),
        asked(
            "webhooks/delete", "delete webhook", "DELETE", "/webhooks/{{run.webhook_id}}", 204, nil, isChange: true),
        asked(
            "webhooks/webhook_not_found", "get webhook, 404", "GET", "/webhooks/{{run.webhook_id}}", 404,
            failure("webhook_not_found", "<text>")),
    ]
}
