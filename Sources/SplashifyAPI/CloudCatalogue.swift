// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import Services

/// One call of Splashify's Graph-shaped catalogue: everything that is not in ``all`` is refused, and so is every parameter
/// that its call does not name. Source: Splashify, "WhatsApp API — Overview"; parameters: Meta, Cloud API reference.
struct CloudEntry: Sendable {
    /// What `{id}` names.
    enum Subject: Sendable {
        case waba
        case phoneNumber
        /// A template or flow that an answer named before.
        case object
        /// A WABA and one of its templates behind it; Meta is asked for the template.
        case templateOfWABA
    }

    /// Which `fields` may be asked for: flat names, so that no answer leads on to other nodes.
    enum Fields: Sendable {
        case none
        case flat
        /// Each of these, with arguments where Meta takes some: `analytics.start(1).end(2).granularity(DAY)`.
        case named(Set<String>, isRequired: Bool)
    }

    let method: CloudCalls.Method
    let route: RouterPath
    let subject: Subject
    /// Behind the id at Meta.
    let edge: String?
    var fields = Fields.none
    /// Query parameters beside `fields`.
    var parameters: Set<String> = []
    /// Parameters that must be there with exactly this value.
    var required: [String: String] = [:]
    var takesBody = false
    var namesObjects = false

    static let all: [CloudEntry] = nodes + templates + flows

    /// In place of the WABA's node where the id names a number. The documents have a page for it, without its path: as Meta
    /// has it.
    static let number = CloudEntry(
        method: .get, route: Routes.node, subject: .phoneNumber, edge: nil,
        fields: .named(
            [
                "id", "verified_name", "display_phone_number", "code_verification_status", "quality_rating",
                "platform_type", "throughput", "last_onboarded_time", "name_status", "new_name_status", "status",
                "messaging_limit_tier", "is_official_business_account", "is_pin_enabled", "account_mode",
                "health_status",
            ], isRequired: false))

    var isNodeRead: Bool { method == .get && route.description == Routes.node.description }

    private static let analytics: Set<String> = [
        "analytics", "conversation_analytics", "template_analytics", "call_analytics",
    ]
    private static let paging: Set<String> = ["limit", "after", "before"]

    private static let nodes = [
        CloudEntry(
            method: .get, route: Routes.node, subject: .waba, edge: nil,
            fields: .named(analytics.union(["id", "health_status"]), isRequired: true)),
        CloudEntry(
            method: .post, route: Routes.node, subject: .waba, edge: nil,
            required: ["is_enabled_for_insights": "true"]),
        CloudEntry(
            method: .get, route: Routes.templateAnalytics, subject: .waba, edge: "template_analytics",
            parameters: paging.union(["start", "end", "granularity", "metric_types", "template_ids", "product_type"])),
    ]

    private static let templates = [
        CloudEntry(
            method: .get, route: Routes.templates, subject: .waba, edge: "message_templates", fields: .flat,
            parameters: paging.union([
                "name", "name_or_content", "content", "status", "category", "language", "quality_score",
            ]), namesObjects: true),
        CloudEntry(
            method: .post, route: Routes.templates, subject: .waba, edge: "message_templates", takesBody: true,
            namesObjects: true),
        CloudEntry(
            method: .delete, route: Routes.templates, subject: .waba, edge: "message_templates",
            parameters: ["name", "hsm_id", "hsm_ids"]),
        CloudEntry(method: .get, route: Routes.template, subject: .templateOfWABA, edge: nil, fields: .flat),
        CloudEntry(method: .post, route: Routes.template, subject: .templateOfWABA, edge: nil, takesBody: true),
        CloudEntry(
            method: .get, route: Routes.templatePreviews, subject: .waba, edge: "message_template_previews",
            parameters: paging.union([
                "category", "language", "languages", "add_security_recommendation", "code_expiration_minutes",
                "button_types",
            ])),
        CloudEntry(
            method: .get, route: Routes.templateComparison, subject: .object, edge: "compare",
            parameters: ["template_ids", "start", "end"]),
    ]

    private static let flows = [
        CloudEntry(
            method: .get, route: Routes.flows, subject: .waba, edge: "flows", fields: .flat, parameters: paging,
            namesObjects: true),
        CloudEntry(
            method: .post, route: Routes.flows, subject: .waba, edge: "flows", takesBody: true, namesObjects: true),
    ]
}

extension CloudCalls.Method {
    var http: HTTPRequest.Method {
        switch self {
        case .get: .get
        case .post: .post
        case .delete: .delete
        }
    }
}
