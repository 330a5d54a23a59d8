// SPDX-License-Identifier: Apache-2.0

/// Sinch Provisioning API, WhatsApp part. Source: its OpenAPI description, version 1.2.117, and the pages that cases name.
///
/// Values: `sinch.key_id`, `sinch.key_secret` (`sinch.auth_url` where tokens come from another host); `sinch.project_id`, onboarded with an
/// active sender; `sinch.new_project_id`, without an account. For what changes something: `sinch.webhook_url`, `.business_id`;
/// `.code`, `.waba_id`, `.phone_number_id` of a fresh Embedded Signup and `.second_code` of another; `.number` (49…, without country
/// code) with its `.otp`; `.solution_id`, `.own_waba_id`, `.own_number_id` and `.template_name` (approved, EN_US) of the onboarded project.
enum SinchCases {
    /// `SinchCases+Changes.swift` tells the order: the new project's account comes and goes before a sender is signed up there.
    static let all: [ConformanceCase] =
        common + tokens + account + platform + senders + signup + addedNumber + solutions + templates + webhooks

    static let base = "/v1/projects/{{sinch.project_id}}"
    static let fresh = "/v1/projects/{{sinch.new_project_id}}"
    static let auth: [(name: String, value: String)] = [("authorization", "Basic {{sinch.basic}}")]
    /// Of the right shape, and nobody's.
    static let nobody = "018c0000-0000-7000-8000-000000000000"

    static func failure(
        _ code: String, _ message: String, _ resolution: String = "<text>", information: String? = nil
    ) -> String {
        let more = information.map { #""additionalInformation": \#($0)"# } ?? #""additionalInformation?": "<object>""#
        return """
            {"errorCode": "\(code)", "message": "\(message)", "resolution": "\(resolution)", \(more)}
            """
    }

    static func invalid(_ texts: String...) -> String {
        let list = texts.map { #""\#($0)""# }.joined(separator: ", ")
        return failure(
            "invalid_input", "Invalid input.", "Correct the validation errors and submit again.",
            information: #"{"validationErrors": [\#(list)]}"#)
    }

    /// Some texts of validation are published, others are the framework's: only that there are some counts.
    static let invalidSomehow = failure(
        "invalid_input", "Invalid input.", "Correct the validation errors and submit again.",
        information: #"{"validationErrors": ["<each>", "<text>"]}"#)

    static let unauthorized = failure(
        "unauthorized_error", "Unauthorized error.", "Verify that projectId is correct.")
    static let invalidPayload = failure(
        "invalid_payload", "Invalid payload.", "Correct payload and submit again.")

    /// A request to the onboarded project, or, with `at`, to another.
    static func asked(
        _ id: String, _ source: String, _ method: String, _ path: String, at project: String = base,
        json: String? = nil, _ status: Int, _ answer: String?, keeps: [String: String] = [:],
        isChange: Bool = false, isAwaited: Bool = false
    ) -> ConformanceCase {
        ConformanceCase(
            id, source: "Sinch Provisioning, \(source)", method, project + path, headers: auth,
            body: json.map { .json($0) } ?? .none, status: status...status, answer: answer, keeps: keeps,
            isChange: isChange, isAwaited: isAwaited)
    }

    // MARK: Errors of every operation

    private static let common = [
        ConformanceCase(
            "errors/401", source: "Sinch Provisioning, common errors: unauthorized_error", "GET", "\(base)/whatsapp",
            status: 401...401, answer: unauthorized),
        ConformanceCase(
            "errors/401/key", source: "Sinch Provisioning, common errors: unauthorized_error, wrong key", "GET",
            "\(base)/whatsapp", headers: [("authorization", "Basic d3Jvbmc6d3Jvbmc=")], status: 401...401,
            answer: unauthorized),
        asked(
            "errors/401/project", "common errors: unauthorized_error, wrong project", "GET", "/whatsapp",
            at: "/v1/projects/{{random.uuid}}", 401, unauthorized),
        asked(
            "errors/invalid_input", "common errors", "POST", "/whatsapp/comments", json: #"{"comment": 5}"#, 400,
            invalid("comment must be a string")),
        asked(
            "errors/invalid_payload", "common errors", "POST", "/whatsapp/comments", json: "{", 400, invalidPayload),
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
        asked(
            "errors/project_not_initialized", "common errors; enableTemplateAnalytics, 400", "PUT",
            "/whatsapp/enableTemplateAnalytics", at: fresh, 400,
            failure(
                "project_not_initialized", "Project not initialized for WhatsApp.",
                "Verify that the project ID is correct and that it has been onboarded for WhatsApp.")),
    ]

    // MARK: OAuth2

    private static let tokens = [
        ConformanceCase(
            "oauth2/token", source: "Sinch, OAuth2: client credentials; RFC 6749, section 4.4", "POST",
            "{{sinch.auth_url}}/oauth2/token", headers: auth, body: .form([("grant_type", "client_credentials")]),
            status: 200...200,
            answer: #"{"access_token": "<text>", "token_type": "<one of Bearer|bearer>", "expires_in": "<number>"}"#,
            keeps: ["run.token": "access_token"]),
        ConformanceCase(
            "oauth2/token/form", source: "Sinch, OAuth2: client credentials; RFC 6749, section 2.3.1", "POST",
            "{{sinch.auth_url}}/oauth2/token",
            body: .form([
                ("grant_type", "client_credentials"), ("client_id", "{{sinch.key_id}}"),
                ("client_secret", "{{sinch.key_secret}}"),
            ]), status: 200...200,
            answer: #"{"access_token": "<text>", "token_type": "<one of Bearer|bearer>", "expires_in": "<number>"}"#),
        ConformanceCase(
            "oauth2/token/401", source: "RFC 6749, section 5.2", "POST", "{{sinch.auth_url}}/oauth2/token",
            headers: [("authorization", "Basic d3Jvbmc6d3Jvbmc=")],
            body: .form([("grant_type", "client_credentials")]), status: 400...401),
        ConformanceCase(
            "oauth2/bearer", source: "Sinch, API Overview: the bearer alone opens", "GET", "\(base)/whatsapp/senders",
            headers: [("authorization", "Bearer {{run.token}}")], status: 200...200, answer: "\"<object>\""),
        ConformanceCase(
            "oauth2/bearer/401", source: "Sinch Provisioning, common errors: unauthorized_error", "GET",
            "\(base)/whatsapp/senders", headers: [("authorization", "Bearer e30.e30.e30")], status: 401...401,
            answer: unauthorized),
    ]
}
