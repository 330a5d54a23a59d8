// SPDX-License-Identifier: Apache-2.0

/// How an endpoint wants its webhooks. Stored and shown: never rename.
package enum WebhookFormatName: String, Sendable, Codable, CaseIterable {
    case standard
    case splashify
    case sinch
    case metaRaw = "meta_raw"
}

/// A partner's URL; its signing secret is sealed apart.
package struct Endpoint: Sendable, Hashable {
    /// Stored and shown: never rename.
    package enum State: String, Sendable, Codable, CaseIterable {
        case enabled
        /// Deliveries are held, not lost.
        case disabled
    }

    package let id: EndpointID
    package let partnerID: PartnerID
    /// Only this customer's events, if set.
    package let customerID: CustomerID?
    /// E.164; only events about this number, if set.
    package let phoneNumber: String?
    package var url: String
    package var events: EventFilter
    package var format: WebhookFormatName
    package var state: State
    package var disabledReason: String?
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package init(
        id: EndpointID, partnerID: PartnerID, customerID: CustomerID?, url: String, events: EventFilter,
        format: WebhookFormatName, state: State, disabledReason: String?, createdAt: Timestamp, updatedAt: Timestamp,
        phoneNumber: String? = nil
    ) {
        self.id = id
        self.partnerID = partnerID
        self.customerID = customerID
        self.phoneNumber = phoneNumber
        self.url = url
        self.events = events
        self.format = format
        self.state = state
        self.disabledReason = disabledReason
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// Stored and shown: never rename.
package enum DeliveryState: String, Sendable, Codable, CaseIterable {
    case pending
    case sending
    case succeeded
    case failed
    case held
}

/// One event for one endpoint.
package struct Delivery: Sendable, Hashable {
    package let id: DeliveryID
    package let eventID: EventID
    package let endpointID: EndpointID
    package let partnerID: PartnerID
    package var state: DeliveryState
    package var attempt: Int
    package var dueAt: Timestamp
    package var lastStatus: Int?
    package var lastError: String?
    package let createdAt: Timestamp
    package var finishedAt: Timestamp?

    package init(
        id: DeliveryID, eventID: EventID, endpointID: EndpointID, partnerID: PartnerID, state: DeliveryState,
        attempt: Int, dueAt: Timestamp, lastStatus: Int?, lastError: String?, createdAt: Timestamp,
        finishedAt: Timestamp?
    ) {
        self.id = id
        self.eventID = eventID
        self.endpointID = endpointID
        self.partnerID = partnerID
        self.state = state
        self.attempt = attempt
        self.dueAt = dueAt
        self.lastStatus = lastStatus
        self.lastError = lastError
        self.createdAt = createdAt
        self.finishedAt = finishedAt
    }
}

/// One HTTP POST of a delivery.
package struct DeliveryAttempt: Sendable, Hashable {
    package let attempt: Int
    package let isManual: Bool
    package let startedAt: Timestamp
    package let finishedAt: Timestamp
    package let status: Int?
    /// Class of the failure: `timeout`, `blocked_address`, …
    package let error: String?
    package let address: String?
    /// The first 16 KiB of the answer.
    package let response: String?

    package init(
        attempt: Int, isManual: Bool, startedAt: Timestamp, finishedAt: Timestamp, status: Int?, error: String?,
        address: String?, response: String?
    ) {
        self.attempt = attempt
        self.isManual = isManual
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.status = status
        self.error = error
        self.address = address
        self.response = response
    }
}
