// SPDX-License-Identifier: Apache-2.0

/// A business phone number on a WABA that a partner owns here.
package struct PhoneNumber: Sendable, Hashable {
    package let facts: PhoneNumberFacts
    package let wabaID: WABAID
    package let partnerID: PartnerID
    package let lastOnboardedAt: Timestamp?
    /// When the verification lapses unless the number is registered; nil once it is. Source: Meta, 14 days.
    package var registrationDueAt: Timestamp?
    /// The display name that is asked for and how its review stands.
    package var requestedName: String?
    package var requestedNameStatus: String?
    package let createdAt: Timestamp
    package let updatedAt: Timestamp

    package var id: PhoneNumberID { facts.id }

    /// Source: Meta, manage phone numbers: register within 14 days.
    package static let registrationPeriod: Duration = .days(14)

    package init(
        facts: PhoneNumberFacts, wabaID: WABAID, partnerID: PartnerID, lastOnboardedAt: Timestamp?,
        registrationDueAt: Timestamp? = nil, requestedName: String? = nil, requestedNameStatus: String? = nil,
        createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.facts = facts
        self.wabaID = wabaID
        self.partnerID = partnerID
        self.lastOnboardedAt = lastOnboardedAt
        self.registrationDueAt = registrationDueAt
        self.requestedName = requestedName
        self.requestedNameStatus = requestedNameStatus
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
