// SPDX-License-Identifier: Apache-2.0

// Source: Splashify, "TP-Signup".
extension SplashifyCases {
    private static let page = "Splashify, TP-Signup"
    private static let path = "/api/v1/partner/customers/{{customer.id}}/whatsapp/tp-signup"
    private static let unknown = "/api/v1/partner/customers/{{random.uuid}}/whatsapp/tp-signup"

    /// The documented body, without the member of that name.
    private static func body(
        without missing: String = "", waba: String = "123456789012345", solution: String = "987654321012345",
        phone: String = "+919999999999", extra: String = #""auto_subscribe": false"#
    ) -> ConformanceCase.Body {
        let info = [
            ("waba_id", waba), ("solution_id", solution), ("phone_number", phone), ("data_localization_region", "IN"),
        ].filter { $0.0 != missing }.map { #""\#($0.0)": "\#($0.1)""# }.joined(separator: ", ")
        let value = (missing == "event" ? "" : #""event": "PARTNER_ADDED", "#) + #""waba_info": { \#(info) }"#
        let entry = #""entry": [ { "changes": [ { "value": { \#(value) } } ] } ]"#
        let members = [
            missing == "entry" ? nil : entry, extra, missing == "object" ? nil : #""object": "tech_partner""#,
        ]
        return .json("{ " + members.compactMap(\.self).joined(separator: ", ") + " }")
    }

    private static func missing(_ name: String, at path: String) -> ConformanceCase {
        ConformanceCase(
            "tp-signup/400/\(name)", source: "\(page), 400; required: \(name)", "POST", Self.path, headers: key,
            body: body(without: name), status: 400...400, answer: failure("\(path)\(name) is required"))
    }

    private static let info = "entry[0].changes[0].value.waba_info."
    private static let success = #"{"success": true}"#
    private static let real = body(
        waba: "{{splashify.waba_id}}", solution: "{{splashify.solution_id}}", phone: "{{splashify.phone_number}}")

    static let signups = [
        missing("waba_id", at: info), missing("solution_id", at: info), missing("phone_number", at: info),
        missing("data_localization_region", at: info), missing("event", at: "entry[0].changes[0].value."),
        missing("entry", at: ""), missing("object", at: ""),
        ConformanceCase(
            "tp-signup/401", source: "\(page), 401", "POST", path, body: body(), status: 401...401,
            answer: unauthorized),
        ConformanceCase(
            "tp-signup/404", source: "\(page), 404", "POST", unknown, headers: key, body: body(), status: 404...404,
            answer: failure("customer not found")),
        ConformanceCase(
            "tp-signup/503", source: "\(page), 503", "POST", unknown,
            headers: [("authorization", "Bearer {{splashify.disabled_api_key}}")], body: body(), status: 503...503,
            answer: notConfigured),
        ConformanceCase(
            "tp-signup/4xx", source: "\(page), 4xx of the platform pass through; the body's shape is not verified",
            "POST", path, headers: key, body: body(solution: "111111111111111"), status: 400...499, isChange: true),
        ConformanceCase(
            "tp-signup/200", source: "\(page), 200", "POST", path, headers: key, body: real, status: 200...200,
            answer: success, isChange: true),
        ConformanceCase(
            "tp-signup/200/again", source: "\(page), Idempotency: the same waba_id again succeeds", "POST", path,
            headers: key, body: real, status: 200...200, answer: success, isChange: true),
        ConformanceCase(
            "tp-signup/200/auto_subscribe", source: "\(page), auto_subscribe may be true", "POST", path, headers: key,
            body: body(
                waba: "{{splashify.waba_id}}", solution: "{{splashify.solution_id}}",
                phone: "{{splashify.phone_number}}", extra: #""auto_subscribe": true"#), status: 200...200,
            answer: success, isChange: true),
    ]
}
