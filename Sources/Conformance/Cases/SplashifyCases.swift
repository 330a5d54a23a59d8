// SPDX-License-Identifier: Apache-2.0

/// Splashify Pro, partner API. Source: partner-docs.splashifypro.com, the pages that each case names.
///
/// Values: `partner.api_key`, `customer.id`; for what needs a WABA: `splashify.waba_id`, `.solution_id`, `.phone_number` (one to enrol),
/// `.live_waba_id`, `.phone_number_id`, `.pin`, `.templates_waba_id` (live, with a template), `.flows_waba_id` (live, with flows), `.foreign_waba_id` (of another account),
/// `.disabled_api_key` (of an account without WhatsApp).
enum SplashifyCases {
    static let all: [ConformanceCase] = customers + signups + numbers + cloud

    static let key: [(name: String, value: String)] = [("authorization", "Bearer {{partner.api_key}}")]

    static func failure(_ message: String) -> String { #"{"success": false, "message": "\#(message)"}"# }

    static let unauthorized = failure("unauthorized")
    static let notConfigured = failure(
        "WhatsApp integration is not configured for your account. Contact support.")

    // MARK: Create customer

    private static let page = "Splashify, Create customer"
    private static let path = "/api/v1/partner/customers"

    private static func person(_ name: String, _ email: String, _ phone: String) -> ConformanceCase.Body {
        .json(#"{"full_name": "\#(name)", "email": "\#(email)", "phone": "\#(phone)"}"#)
    }

    private static let customers = [
        ConformanceCase(
            "customers/401", source: "\(page), 401", "POST", path,
            body: person("Acme Corporation", "{{random.email}}", "{{random.phone}}"), status: 401...401,
            answer: unauthorized),
        ConformanceCase(
            "customers/401/unknown-key", source: "\(page), 401", "POST", path,
            headers: [("authorization", "Bearer pk_live_unknown")],
            body: person("Acme Corporation", "{{random.email}}", "{{random.phone}}"), status: 401...401,
            answer: unauthorized),
        ConformanceCase(
            "customers/400/email", source: "\(page), 400", "POST", path, headers: key,
            body: person("Acme Corporation", "no-address", "{{random.phone}}"), status: 400...400,
            answer: failure("valid email required")),
        ConformanceCase(
            "customers/400/full_name", source: "\(page), 400: text varies; full_name: min. 2 characters", "POST", path,
            headers: key, body: person("A", "{{random.email}}", "{{random.phone}}"), status: 400...400,
            answer: failure("<text>")),
        ConformanceCase(
            "customers/400/phone", source: "\(page), 400: text varies; phone: 7 to 15 digits", "POST", path,
            headers: key, body: person("Acme Corporation", "{{random.email}}", "123456"), status: 400...400,
            answer: failure("<text>")),
        ConformanceCase(
            "customers/201", source: "\(page), 201", "POST", path, headers: key,
            body: person("Acme Corporation", "{{run.email}}", "{{run.phone}}"), status: 201...201,
            answer: """
                {"success": true, "message": "Customer created successfully", "customer_id": "<uuid>",
                 "customer": {"customer_id": "<uuid>", "full_name": "Acme Corporation", "email": "{{run.email}}",
                              "phone": "{{run.phone}}", "created_at": "<time>"}}
                """, keeps: ["run.customer_id": "customer_id"], isChange: true),
        ConformanceCase(
            "customers/409/email", source: "\(page), 409: lower-cased and trimmed before the check", "POST", path,
            headers: key, body: person("Acme Corporation", "  {{run.email}} ", "{{random.phone}}"), status: 409...409,
            answer: """
                {"success": false, "message": "a customer with this email already exists", "field": "email"}
                """, isChange: true),
        ConformanceCase(
            "customers/409/phone", source: "\(page), 409: separators stripped before the check", "POST", path,
            headers: key, body: person("Acme Corporation", "{{random.email}}", "({{run.phone}}) -. "),
            status: 409...409,
            answer: """
                {"success": false, "message": "a customer with this phone already exists", "field": "phone"}
                """, isChange: true),
    ]
}
