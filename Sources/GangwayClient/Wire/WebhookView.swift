// SPDX-License-Identifier: Apache-2.0

package struct EndpointView: Decodable, Sendable, Hashable {
    package let id: String
    package let url: String
    package let events: [String]
    package let format: String
    package let state: String
    package let disabledReason: String?
    package let customerID: String?
    /// `whsec_…`, only in the answer to the creation.
    package let secret: String?

    enum CodingKeys: String, CodingKey {
        case id
        case url
        case events
        case format
        case state
        case disabledReason = "disabled_reason"
        case customerID = "customer_id"
        case secret
    }
}

package struct NewEndpoint: Encodable, Sendable {
    package var url: String
    package var events: [String]
    package var format: String?
    package var customerID: String?

    package init(url: String, events: [String] = ["*"], format: String? = nil, customerID: String? = nil) {
        self.url = url
        self.events = events
        self.format = format
        self.customerID = customerID
    }

    enum CodingKeys: String, CodingKey {
        case url
        case events
        case format
        case customerID = "customer_id"
    }
}

/// What is left out stays.
package struct EndpointChange: Encodable, Sendable {
    package var url: String?
    package var events: [String]?
    /// `enabled` or `disabled`.
    package var state: String?

    package init(url: String? = nil, events: [String]? = nil, state: String? = nil) {
        self.url = url
        self.events = events
        self.state = state
    }
}

package struct EventView: Decodable, Sendable, Hashable {
    /// The ids that every event's `data` has.
    package struct Data: Decodable, Sendable, Hashable {
        package let customerID: String?
        package let wabaID: String?
        package let phoneNumberID: String?
        package let onboardingID: String?

        enum CodingKeys: String, CodingKey {
            case customerID = "customer_id"
            case wabaID = "waba_id"
            case phoneNumberID = "phone_number_id"
            case onboardingID = "onboarding_id"
        }
    }

    package let id: String
    package let type: String
    package let timestamp: String
    package let data: Data
}

package struct DeliveryView: Decodable, Sendable, Hashable {
    package struct Attempt: Decodable, Sendable, Hashable {
        package let attempt: Int
        package let manual: Bool
        package let status: Int?
        package let error: String?
        package let startedAt: String
        package let finishedAt: String

        enum CodingKeys: String, CodingKey {
            case attempt
            case manual
            case status
            case error
            case startedAt = "started_at"
            case finishedAt = "finished_at"
        }
    }

    package let id: String
    package let eventID: String
    package let endpointID: String
    package let state: String
    package let attempt: Int
    package let dueAt: String
    package let lastStatus: Int?
    package let lastError: String?
    /// Only where one delivery is asked for.
    package let attempts: [Attempt]?

    enum CodingKeys: String, CodingKey {
        case id
        case eventID = "event_id"
        case endpointID = "endpoint_id"
        case state
        case attempt
        case dueAt = "due_at"
        case lastStatus = "last_status"
        case lastError = "last_error"
        case attempts
    }
}

package struct ActivityView: Codable, Sendable, Hashable {
    package let id: String
    package let actor: String
    package let action: String
    package let target: String
    package let detail: String?
    package let at: String
}
