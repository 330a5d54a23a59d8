// SPDX-License-Identifier: Apache-2.0

// Source: Splashify, "Phone Numbers", "Register Number", "WhatsApp API — Overview".
extension SplashifyCases {
    private static let page = "Splashify, Phone Numbers"
    private static let alias = "/api/v1/partner/customers/{{customer.id}}/whatsapp/phone-numbers"
    private static let live = "/api/v25.0/{{splashify.live_waba_id}}"
    private static let nobody = "/api/v25.0/1"
    private static let foreign = "/api/v25.0/{{splashify.foreign_waba_id}}"
    private static let foreignID = failure("id does not belong to your account")
    private static let unknownID = failure("id not found")

    private static let list = """
        {"data": ["<each>", {"id": "<digits>", "verified_name?": "<text>", "display_phone_number?": "<text>",
            "code_verification_status?": "<one of VERIFIED|NOT_VERIFIED|EXPIRED>", "quality_rating?": "<text>",
            "platform_type?": "<text>", "throughput?": {"level": "<text>"}, "last_onboarded_time?": "<graph time>"}],
         "paging": {"cursors": {"before": "<string>", "after": "<string>"}}}
        """

    static let numbers = [
        ConformanceCase(
            "phone-numbers/200/alias", source: "\(page), alias by customer", "GET", alias, headers: key,
            status: 200...200, answer: list),
        ConformanceCase(
            "phone-numbers/200", source: "\(page), 200", "GET", "\(live)/phone_numbers", headers: key,
            status: 200...200, answer: list),
        ConformanceCase(
            "phone-numbers/401", source: "\(page), 401", "GET", "\(nobody)/phone_numbers", status: 401...401,
            answer: unauthorized),
        ConformanceCase(
            "phone-numbers/403", source: "\(page), 403", "GET", "\(foreign)/phone_numbers", headers: key,
            status: 403...403, answer: foreignID),
        ConformanceCase(
            "phone-numbers/404", source: "\(page), 404", "GET", "\(nobody)/phone_numbers", headers: key,
            status: 404...404, answer: unknownID),
        ConformanceCase(
            "phone-numbers/404/customer", source: "\(page), alias; TP-Signup, 404", "GET",
            "/api/v1/partner/customers/{{random.uuid}}/whatsapp/phone-numbers", headers: key, status: 404...404,
            answer: failure("customer not found")),
        ConformanceCase(
            "phone-numbers/503", source: "\(page), 503", "GET", "\(nobody)/phone_numbers",
            headers: [("authorization", "Bearer {{splashify.disabled_api_key}}")], status: 503...503,
            answer: notConfigured),
        ConformanceCase(
            "register/404", source: "Splashify, Register Number; Overview: owner checked", "POST", "\(nobody)/register",
            headers: key, body: .json(#"{"messaging_product": "whatsapp", "pin": "123456"}"#), status: 404...404,
            answer: unknownID),
        ConformanceCase(
            "register/200", source: "Splashify, Register Number, 200", "POST",
            "/api/v25.0/{{splashify.phone_number_id}}/register", headers: key,
            body: .json(#"{"messaging_product": "whatsapp", "pin": "{{splashify.pin}}"}"#), status: 200...200,
            answer: #"{"success": true}"#, isChange: true),
    ]

    // MARK: The Graph-shaped proxy

    private static let overview = "Splashify, WhatsApp API — Overview"
    private static let page25 = #"{"data": "<array>", "paging?": "<object>"}"#

    private static let templates = "/api/v25.0/{{splashify.templates_waba_id}}"

    private static func read(
        _ id: String, _ path: String, answer: String, keeps: [String: String] = [:]
    ) -> ConformanceCase {
        ConformanceCase(
            "cloud/\(id)", source: "\(overview), catalogue", "GET", path, headers: key, status: 200...200,
            answer: answer, keeps: keeps)
    }

    static let cloud = [
        read(
            "health_status", "\(live)?fields=health_status", answer: #"{"health_status": "<object>", "id": "<digits>"}"#
        ),
        read(
            "message_templates", "\(templates)/message_templates", answer: page25,
            keeps: ["splashify.template_id": "data.0.id"]),
        read("flows", "/api/v25.0/{{splashify.flows_waba_id}}/flows", answer: page25),
        ConformanceCase(
            "cloud/insights", source: "\(overview), enable template analytics", "POST",
            "\(live)?is_enabled_for_insights=true", headers: key, status: 200...200, answer: #"{"id": "<id>"}"#,
            isChange: true),
        ConformanceCase(
            "cloud/template", source: "\(overview), templates", "GET",
            "\(templates)/message_templates/id/{{splashify.template_id}}", headers: key, status: 200...200,
            answer: "\"<object>\""),
        ConformanceCase(
            "cloud/403", source: "\(overview): 403 as in Phone Numbers", "GET", "\(foreign)?fields=health_status",
            headers: key, status: 403...403, answer: foreignID),
        ConformanceCase(
            "cloud/404", source: "\(overview): 404 as in Phone Numbers", "GET", "\(nobody)?fields=health_status",
            headers: key, status: 404...404, answer: unknownID),
        ConformanceCase(
            "cloud/401", source: "\(overview); Authentication", "GET", "\(nobody)/flows", status: 401...401,
            answer: unauthorized),
    ]
}
