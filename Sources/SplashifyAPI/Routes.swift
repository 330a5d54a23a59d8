// SPDX-License-Identifier: Apache-2.0
package import Hummingbird

/// Splashify's paths, letter by letter. Source: Splashify, "Create customer", "TP-Signup", "Phone Numbers", "Register Number".
package enum Routes {
    package static let customers: RouterPath = "/api/v1/partner/customers"
    package static let tpSignup: RouterPath = "/api/v1/partner/customers/{customer_id}/whatsapp/tp-signup"
    package static let customerPhoneNumbers: RouterPath =
        "/api/v1/partner/customers/{customer_id}/whatsapp/phone-numbers"
    /// The one version that is documented.
    package static let phoneNumbers: RouterPath = "/api/v25.0/{id}/phone_numbers"
    package static let register: RouterPath = "/api/v25.0/{id}/register"
    /// What Splashify forwards to Meta and we do not: answered in its words all the same.
    package static let otherGraphPaths: [RouterPath] = ["/api/v25.0/{id}", "/api/v25.0/{id}/**"]

    static let customerIDParameter = "customer_id"
    static let idParameter = "id"
}
