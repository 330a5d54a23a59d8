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

package struct NewOnboarding: Encodable, Sendable {
    package var customerID: String
    /// `embedded_signup` (the default), `business_app`, `hosted` or `tech_partner`.
    package var flow: String?
    package var code: String?
    package var wabaID: String?
    package var phoneNumberID: String?
    package var phoneNumber: String?
    package var businessID: String?
    package var solutionID: String?
    package var pin: String?
    package var currency: String?
    package var region: String?

    package init(customerID: String) { self.customerID = customerID }

    enum CodingKeys: String, CodingKey {
        case customerID = "customer_id"
        case flow
        case code
        case wabaID = "waba_id"
        case phoneNumberID = "phone_number_id"
        case phoneNumber = "phone_number"
        case businessID = "business_id"
        case solutionID = "solution_id"
        case pin
        case currency
        case region
    }
}

/// What somebody brings to a stopped onboarding.
package struct ResumeWith: Encodable, Sendable {
    package var pin: String?
    package var code: String?
    package var wabaID: String?
    package var phoneNumberID: String?
    package var currency: String?
    package var skip: Bool?
    package var verificationCode: String?

    package init() {}

    enum CodingKeys: String, CodingKey {
        case pin
        case code
        case wabaID = "waba_id"
        case phoneNumberID = "phone_number_id"
        case currency
        case skip
        case verificationCode = "verification_code"
    }
}
