// SPDX-License-Identifier: Apache-2.0

/// What the Embedded Signup window told its page when the customer finished. On the wire: Meta's own names.
/// Source: Meta, embedded-signup/implementation and onboarding-business-app-users, `WA_EMBEDDED_SIGNUP`.
package enum SignupEvent: String, Sendable, Codable, CaseIterable {
    case finish = "FINISH"
    case finishOnlyWABA = "FINISH_ONLY_WABA"
    case finishBusinessApp = "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING"
    case finishAppOnly = "FINISH_GRANT_ONLY_API_ACCESS"

    /// The plan that such a signup needs.
    package var plan: PlanKind {
        switch self {
        case .finish, .finishOnlyWABA, .finishAppOnly: .embeddedSignup
        case .finishBusinessApp: .businessApp
        }
    }
}
