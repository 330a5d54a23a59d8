// SPDX-License-Identifier: Apache-2.0

// Source: Sinch, tags "Webhooks" and "Templates" (outline).
extension SinchCases {
    private static let target = "{{sinch.webhook_url}}/{{run.uuid}}"

    private static func shape(
        _ target: String = target, triggers: String = #"["WHATSAPP_SENDER_ACTIVE"]"#
    ) -> String {
        #"{"id": "<text>", "target": "\#(target)", "projectId": "{{sinch.new_project_id}}", "triggers": \#(triggers)}"#
    }

    private static func order(_ target: String = target, triggers: String = #"["WHATSAPP_SENDER_ACTIVE"]"#) -> String {
        #"{"target": "\#(target)", "secret": "conform-secret", "triggers": \#(triggers)}"#
    }

    private static func hook(
        _ id: String, _ source: String, _ method: String, _ tail: String = "", json: String? = nil, _ status: Int,
        _ answer: String?, keeps: [String: String] = [:], isChange: Bool = true
    ) -> ConformanceCase {
        asked(
            "webhooks/\(id)", source, method, "/webhooks\(tail)", at: fresh, json: json, status, answer, keeps: keeps,
            isChange: isChange)
    }

    static let webhooks = reading + lifecycle + limit

    private static let reading = [
        hook(
            "200", "list webhooks", "GET", "", 200,
            SinchShapes.page(
                "webhooks", #"{"id": "<text>", "target": "<text>", "projectId": "<text>", "triggers": "<array>"}"#),
            isChange: false),
        hook(
            "invalid_input/URL", "create webhook, 400", "POST", json: order("nonsense"), 400,
            invalid("target must be a URL address"), isChange: false),
        hook(
            "invalid_input/string", "create webhook, 400", "POST", json: #"{"secret": "x", "triggers": ["ALL"]}"#, 400,
            invalid("target must be a string"), isChange: false),
        hook(
            "invalid_input/ALL", "triggers: ALL must stand alone", "POST",
            json: order(triggers: #"["ALL", "BUNDLE_DONE"]"#),
            400, invalidSomehow, isChange: false),
        hook(
            "invalid_input/trigger", "triggers: a closed list", "POST", json: order(triggers: #"["NONSENSE"]"#), 400,
            invalidSomehow, isChange: false),
        hook(
            "invalid_id_format", "get webhook, 400", "GET", "/x", 400, failure("invalid_id_format", "<text>"),
            isChange: false),
        hook(
            "webhook_not_found", "get webhook, 404", "GET", "/\(nobody)", 404,
            failure("webhook_not_found", "<text>"), isChange: false),
    ]

    private static let one = "/{{run.webhook_id}}"

    private static let lifecycle = [
        hook("201", "create webhook", "POST", json: order(), 201, shape(), keeps: ["run.webhook_id": "id"]),
        hook("webhook_exists", "create webhook, 409", "POST", json: order(), 409, failure("webhook_exists", "<text>")),
        hook("get", "get webhook; the secret is write-only", "GET", one, 200, shape()),
        hook(
            "put", "replace webhook", "PUT", one, json: order("\(target)/new", triggers: #"["ALL"]"#), 200,
            shape("\(target)/new", triggers: #"["ALL"]"#)),
        hook(
            "patch", "update webhook: all optional", "PATCH", one, json: #"{"triggers": ["BUNDLE_DONE"]}"#, 200,
            shape("\(target)/new", triggers: #"["BUNDLE_DONE"]"#)),
        hook("delete", "delete webhook", "DELETE", one, 204, ""),
        hook("webhook_not_found/deleted", "get webhook, 404", "GET", one, 404, failure("webhook_not_found", "<text>")),
    ]

    /// Fifteen are made, the next is refused, and all are taken away.
    private static let limit =
        (1...15).map { number in
            hook(
                "201/\(number)", "create webhook: up to 15 a project", "POST", json: order("\(target)/\(number)"), 201,
                shape("\(target)/\(number)"), keeps: ["run.webhook_\(number)": "id"])
        } + [
            hook(
                "webhook_limit_reached", "create webhook, 424: the 16th", "POST", json: order("\(target)/16"), 424,
                failure("webhook_limit_reached", "<text>")),
            hook(
                "200/page", "paging: nextPageToken", "GET", "?pageSize=10", 200,
                #"{"totalSize": 15, "pageSize": 10, "previousPageToken?": "<string>", "nextPageToken": "<text>", "webhooks": "<array>"}"#,
                keeps: ["run.page_token": "nextPageToken"]),
            hook(
                "200/last-page", "paging: pageToken", "GET", "?pageSize=10&pageToken={{run.page_token}}", 200,
                #"{"totalSize": 15, "pageSize": 10, "previousPageToken?": "<string>", "webhooks": ["<any>", "<any>", "<any>", "<any>", "<any>"]}"#
            ),
        ]
        + (1...15).map { number in
            hook("delete/\(number)", "delete webhook", "DELETE", "/{{run.webhook_\(number)}}", 204, "")
        }

    // MARK: Templates

    private static let template = "/whatsapp/templates/conform_{{run.word}}"

    static let templates = [
        asked(
            "templates/200", "list templates", "GET", "/whatsapp/templates", 200,
            SinchShapes.page("templates", "\"<object>\"")),
        asked(
            "templates/201", "create template; 201 inferred, components pass through", "POST", "/whatsapp/templates",
            json: """
                {"name": "conform_{{run.word}}", "language": "EN_US", "category": "UTILITY",
                 "components": [{"type": "BODY", "text": "Your order has been shipped."}]}
                """, 201, "\"<object>\"", isChange: true),
        asked("templates/200/name", "list templates by name", "GET", template, 200, "\"<object>\"", isChange: true),
        asked(
            "templates/get", "get template of a language", "GET", "\(template)/languages/EN_US", 200, "\"<object>\"",
            isChange: true),
        asked(
            "templates/patch", "update template: one in review cannot be changed", "PATCH",
            "/whatsapp/templates/{{sinch.template_name}}/languages/EN_US",
            json: #"{"components": [{"type": "BODY", "text": "Your order is on its way."}]}"#, 200, "\"<object>\"",
            isChange: true),
        ConformanceCase(
            "templates/delete/language",
            source: "Sinch Provisioning, delete template: deleteSubmitted; status not verified",
            "DELETE", "\(base)\(template)/languages/EN_US?deleteSubmitted=true", headers: auth, status: 200...204,
            isChange: true),
    ]
}
