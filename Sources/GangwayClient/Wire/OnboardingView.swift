// SPDX-License-Identifier: Apache-2.0

package struct RemedyView: Codable, Sendable, Hashable {
    /// `customer`, `partner` or `operator`.
    package let actor: String
    package let text: String
}

package struct StepView: Codable, Sendable, Hashable {
    package let kind: String
    package let state: String
    package let attempt: Int
    package let startedAt: String?
    package let finishedAt: String?
    package let dueAt: String?
    package let reason: String?
    package let remedy: RemedyView?
    package let detail: String?
    package let facts: [String: String]?

    enum CodingKeys: String, CodingKey {
        case kind
        case state
        case attempt
        case startedAt = "started_at"
        case finishedAt = "finished_at"
        case dueAt = "due_at"
        case reason
        case remedy
        case detail
        case facts
    }
}

package struct StepAttemptView: Codable, Sendable, Hashable {
    package let kind: String?
    package let attempt: Int
    package let outcome: String
    package let graphCode: Int?
    package let detail: String?
    package let startedAt: String
    package let finishedAt: String

    enum CodingKeys: String, CodingKey {
        case kind
        case attempt
        case outcome
        case graphCode = "graph_code"
        case detail
        case startedAt = "started_at"
        case finishedAt = "finished_at"
    }
}

package struct OnboardingView: Codable, Sendable, Hashable {
    package let id: String
    package let state: String
    package let plan: String
    package let customerID: String
    package let wabaID: String?
    package let phoneNumberID: String?
    package let phoneNumber: String?
    package let businessID: String?
    package let currency: String?
    package let steps: [StepView]
    /// The tries of the steps; only where one onboarding is asked for.
    package let timeline: [StepAttemptView]?
    package let reason: String?
    package let remedy: RemedyView?
    package let detail: String?
    package let createdAt: String
    package let updatedAt: String
    package let finishedAt: String?

    /// Whether nothing moves until somebody acts, or nothing is left to do.
    package var isAtRest: Bool { state != "running" && state != "waiting" }

    enum CodingKeys: String, CodingKey {
        case id
        case state
        case plan
        case customerID = "customer_id"
        case wabaID = "waba_id"
        case phoneNumberID = "phone_number_id"
        case phoneNumber = "phone_number"
        case businessID = "business_id"
        case currency
        case steps
        case timeline
        case reason
        case remedy
        case detail
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case finishedAt = "finished_at"
    }
}
