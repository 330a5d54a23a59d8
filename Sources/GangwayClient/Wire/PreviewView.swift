// SPDX-License-Identifier: Apache-2.0

/// What an onboarding would do.
package struct PreviewView: Codable, Sendable, Hashable {
    package struct Call: Codable, Sendable, Hashable {
        package let operation: String
        package let method: String
        package let path: String
        /// `app`, `system` or `business`.
        package let token: String
        /// Whether it changes something at Meta.
        package let changes: Bool
    }

    package struct Missing: Codable, Sendable, Hashable {
        package let reason: String
        package let remedy: RemedyView
    }

    package struct Step: Codable, Sendable, Hashable {
        package let kind: String
        package let calls: [Call]
        package let missing: [Missing]
    }

    package struct Warning: Codable, Sendable, Hashable {
        package let kind: String
        package let allowedAt: String?
        package let remedy: RemedyView

        enum CodingKeys: String, CodingKey {
            case kind, remedy
            case allowedAt = "allowed_at"
        }
    }

    package let plan: String
    package let requestCalls: [Call]
    package let steps: [Step]
    package let warnings: [Warning]

    enum CodingKeys: String, CodingKey {
        case plan
        case requestCalls = "request_calls"
        case steps, warnings
    }
}
