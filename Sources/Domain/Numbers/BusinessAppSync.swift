// SPDX-License-Identifier: Apache-2.0

/// What may be asked for once of the phone app of a number in coexistence.
/// Source: Meta, onboarding-business-app-users: each once, within 24 hours of the signup.
package struct BusinessAppSync: Sendable, Hashable {
    /// In the order of asking. Stored and shown: never rename.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case contacts
        case history
    }

    /// Stored and shown: never rename.
    package enum State: String, Sendable, Codable, CaseIterable {
        /// Not asked for yet.
        case due
        case requested
        /// The first of it came.
        case receiving
        case complete
        /// The customer does not share its history. Source: Meta, error 2593109.
        case declined
        /// The 24 hours passed first.
        case missed
    }

    package static let window: Duration = .hours(24)

    package let phoneNumberID: PhoneNumberID
    package let kind: Kind
    package let wabaID: WABAID
    package let partnerID: PartnerID
    package let state: State
    package let requestID: String?
    package let dueAt: Timestamp
    package let requestedAt: Timestamp?
    /// Percent, where Meta tells it.
    package let progress: Int?

    package init(
        phoneNumberID: PhoneNumberID, kind: Kind, wabaID: WABAID, partnerID: PartnerID, state: State,
        requestID: String?, dueAt: Timestamp, requestedAt: Timestamp?, progress: Int?
    ) {
        self.phoneNumberID = phoneNumberID
        self.kind = kind
        self.wabaID = wabaID
        self.partnerID = partnerID
        self.state = state
        self.requestID = requestID
        self.dueAt = dueAt
        self.requestedAt = requestedAt
        self.progress = progress
    }

    /// The next to ask for; nil when all were asked for.
    package static func next(of syncs: [BusinessAppSync]) -> BusinessAppSync? {
        Kind.allCases.lazy.compactMap { kind in
            syncs.first { $0.kind == kind && ($0.state == .due || $0.state == .missed) }
        }.first
    }
}
