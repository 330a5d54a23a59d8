// SPDX-License-Identifier: Apache-2.0

/// What the preflight looks at. Shown over the API: never renamed.
package enum DoctorCheck: String, Sendable, CaseIterable {
    case durability = "database_durability"
    case schemaVersion = "schema_version"
    case diskSpace = "disk_space"
    case keyFile = "key_file"
    case clock = "clock_skew"
    case apiVersion = "api_version"
    case signupVersion = "embedded_signup_version"
    case allowedDomains = "allowed_domains"
    case app = "meta_app"
    case appSecret = "app_secret"
    case appLive = "app_live"
    case systemToken = "system_token"
    case permissions
    case systemUserRole = "system_user_role"
    case creditLine = "credit_line"
    case customerBudget = "customer_budget"
    case callback
    case webhookFields = "webhook_fields"

    /// Where the rule comes from.
    package var source: String {
        switch self {
        case .durability, .schemaVersion, .diskSpace: "Gangway, docs/operate.md"
        case .keyFile: "Gangway, docs/operate.md, the data directory"
        case .clock: "Standard Webhooks 1.0.0: timestamps within 5 minutes; Meta, a code's 30 seconds"
        case .apiVersion: "Meta, Graph API changelog, August 2026"
        case .signupVersion: "Meta, embedded-signup/versions, 2025-12-11"
        case .allowedDomains: "Meta, embedded-signup/implementation, 2026-02-20"
        case .app: "Gangway, docs/operate.md, the live world for the first time"
        case .appSecret: "Meta, access-tokens, 2026-03-01"
        case .appLive: "Meta, webhooks/overview, 2025-12-02; embedded-signup/overview, 2025-11-25"
        case .systemToken: "Meta, access-tokens, 2026-03-01; debug_token"
        case .permissions: "Meta, embedded-signup/overview, 2025-11-25"
        case .systemUserRole, .creditLine: "Meta, share-and-revoke-credit-lines, 2025-12-12"
        case .customerBudget: "Meta, embedded-signup/overview, 2025-11-25: 10 or 200 new customers in 7 days"
        case .callback, .webhookFields: "Meta, webhooks/overview, 2025-12-02; app/subscriptions"
        }
    }
}

package enum DoctorSeverity: String, Sendable, CaseIterable {
    case ok
    /// It cannot be seen from here: somebody has to look.
    case note
    /// Works today.
    case warning
    /// Onboarding, messages or money fail until it is mended.
    case error
}

package struct DoctorFinding: Sendable, Hashable {
    package let check: DoctorCheck
    package let severity: DoctorSeverity
    /// The Meta app that it is about; nil for the server itself.
    package var appID: AppID?
    package let text: String
    /// What to do; nil when all is well.
    package let remedy: String?

    package init(_ check: DoctorCheck, _ severity: DoctorSeverity, _ text: String, remedy: String? = nil) {
        self.check = check
        self.severity = severity
        self.text = text
        self.remedy = remedy
    }

    package static func ok(_ check: DoctorCheck, _ text: String) -> DoctorFinding { DoctorFinding(check, .ok, text) }

    package func about(_ app: AppID) -> DoctorFinding {
        var finding = self
        finding.appID = app
        return finding
    }
}
