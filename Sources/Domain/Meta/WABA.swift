// SPDX-License-Identifier: Apache-2.0

/// A WhatsApp Business Account that a partner owns here, on proof.
package struct WABA: Sendable, Hashable {
    /// Stored and shown: never rename.
    package enum State: String, Sendable, Codable, CaseIterable {
        case onboarding
        case live
        case disconnected
        case restricted
        case deleted
        case offboarded

        /// Whether taking the credit line from its business would stop this WABA.
        package var usesCredit: Bool {
            switch self {
            case .onboarding, .live, .restricted: true
            case .disconnected, .deleted, .offboarded: false
            }
        }
    }

    package let id: WABAID
    package let partnerID: PartnerID
    package var customerID: CustomerID
    package let appID: AppID
    package var businessID: BusinessID?
    package var name: String?
    package var currency: String?
    package var evidence: OwnershipEvidence
    package var state: State
    /// As Meta prints it: `PENDING`, `APPROVED`, `REJECTED` and what may come.
    package var reviewStatus: String?
    package var restriction: String?
    package var isSubscribed: Bool
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package init(
        id: WABAID, partnerID: PartnerID, customerID: CustomerID, appID: AppID, businessID: BusinessID?, name: String?,
        currency: String?, evidence: OwnershipEvidence, state: State, reviewStatus: String?, restriction: String?,
        isSubscribed: Bool, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.partnerID = partnerID
        self.customerID = customerID
        self.appID = appID
        self.businessID = businessID
        self.name = name
        self.currency = currency
        self.evidence = evidence
        self.state = state
        self.reviewStatus = reviewStatus
        self.restriction = restriction
        self.isSubscribed = isSubscribed
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
