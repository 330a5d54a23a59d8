// SPDX-License-Identifier: Apache-2.0
package import Hummingbird

/// Splashify's paths, letter by letter. Source: Splashify, "Create customer", "TP-Signup", "Phone Numbers", "Register Number",
/// "WhatsApp API — Overview".
package enum Routes {
    package static let customers: RouterPath = "/api/v1/partner/customers"
    package static let tpSignup: RouterPath = "/api/v1/partner/customers/{customer_id}/whatsapp/tp-signup"
    package static let customerPhoneNumbers: RouterPath =
        "/api/v1/partner/customers/{customer_id}/whatsapp/phone-numbers"
    /// The one version that is documented.
    package static let phoneNumbers: RouterPath = "/api/v25.0/{id}/phone_numbers"
    package static let register: RouterPath = "/api/v25.0/{id}/register"
    package static let node: RouterPath = "/api/v25.0/{id}"
    package static let templates: RouterPath = "/api/v25.0/{id}/message_templates"
    package static let template: RouterPath = "/api/v25.0/{id}/message_templates/id/{template_id}"
    package static let templatePreviews: RouterPath = "/api/v25.0/{id}/message_template_previews"
    package static let templateComparison: RouterPath = "/api/v25.0/{id}/compare"
    package static let templateAnalytics: RouterPath = "/api/v25.0/{id}/template_analytics"
    package static let flows: RouterPath = "/api/v25.0/{id}/flows"
    /// What is not in the catalogue: answered in Splashify's words all the same.
    package static let otherGraphPaths: [RouterPath] = [
        "/api/v25.0/{id}", "/api/v25.0/{id}/message_templates/id", "/api/v25.0/{id}/**",
    ]

    static let customerIDParameter = "customer_id"
    static let idParameter = "id"
    static let templateIDParameter = "template_id"
}
