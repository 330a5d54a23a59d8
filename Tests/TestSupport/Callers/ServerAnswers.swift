// SPDX-License-Identifier: Apache-2.0

/// An onboarding as the native API shows it.
package struct OnboardingAnswer: Decodable, Sendable, CustomStringConvertible {
    package struct Step: Decodable, Sendable {
        package let kind: String
        package let state: String
        package let attempt: Int
        package let due_at: String?
        package let finished_at: String?
        package let detail: String?
    }

    package let id: String
    package let state: String
    package let reason: String?
    package let detail: String?
    package let waba_id: String?
    package let phone_number_id: String?
    package let steps: [Step]

    package var description: String {
        "\(state) \(reason ?? "") \(detail ?? "") "
            + steps.map { "\($0.kind)=\($0.state)#\($0.attempt) \($0.detail ?? "")" }.joined(separator: " ")
    }
}

/// An event as the native API and the webhooks show it.
package struct EventAnswer: Decodable, Sendable {
    package struct Body: Decodable, Sendable {
        package let onboarding_id: String?
        package let waba_id: String?
        package let phone_number_id: String?
        package let step: String?
        package let reason: String?
    }

    package let id: String
    package let type: String
    package let data: Body
}

package struct EndpointAnswer: Decodable, Sendable {
    package let id: String
    package let secret: String
}
