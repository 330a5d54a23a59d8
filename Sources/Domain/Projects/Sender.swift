// SPDX-License-Identifier: Apache-2.0

/// What a sender shows of its business. Stored: never rename.
package enum SenderField: String, Sendable, CaseIterable {
    case displayName = "display_name"
    case vertical
    case description
    case email
    case address
    case websiteOne = "website_one"
    case websiteTwo = "website_two"
    case about
    case photoURL = "photo_url"
}

package struct SenderProfile: Sendable, Hashable, Codable {
    private var values: [String: String] = [:]

    package init(_ values: [SenderField: String] = [:]) {
        for (field, value) in values { self[field] = value }
    }

    package subscript(_ field: SenderField) -> String? {
        get { values[field.rawValue] }
        set { values[field.rawValue] = newValue }
    }
}

/// Fields to set (a text) or to delete (nil).
package struct SenderChanges: Sendable, Hashable, Codable {
    private var values: [String: String?] = [:]

    package init(_ values: [SenderField: String?] = [:]) {
        for (field, value) in values { self.values[field.rawValue] = value }
    }

    package var fields: [SenderField] { SenderField.allCases.filter { values.keys.contains($0.rawValue) } }
    package var isEmpty: Bool { values.isEmpty }

    package func value(of field: SenderField) -> String? { values[field.rawValue] ?? nil }

    package func applied(to profile: SenderProfile) -> SenderProfile {
        var profile = profile
        for field in fields { profile[field] = value(of: field) }
        return profile
    }

    package func merged(with newer: SenderChanges) -> SenderChanges {
        var merged = self
        merged.values.merge(newer.values) { $1 }
        return merged
    }
}

/// A number that sends for a project, or is to. How it stands is derived: ``SenderSnapshot/status(at:)``.
package struct Sender: Sendable, Hashable, Codable {
    /// Stored: never rename.
    package enum Phase: String, Sendable, Codable, CaseIterable {
        case draft
        /// Its onboarding tells.
        case run
        /// The number is being added at Meta.
        case adding
        /// Added; the code that Meta sends is awaited.
        case unverified
        case failed
        case live
    }

    /// Changes of a sender that are not (yet) in force.
    package struct Pending: Sendable, Hashable, Codable {
        package var status: SenderStatus.Change
        package var changes: SenderChanges
        package var detail: String?

        package init(status: SenderStatus.Change, changes: SenderChanges, detail: String? = nil) {
            self.status = status
            self.changes = changes
            self.detail = detail
        }
    }

    package let id: SenderID
    package let projectID: ProjectID
    package var phase: Phase
    package var onboardingID: OnboardingID?
    package var wabaID: WABAID?
    package var phoneNumberID: PhoneNumberID?
    /// What the request named: a claim, not ownership.
    package var claimedNumberID: PhoneNumberID?
    package var countryCode: String?
    /// Digits without the country code.
    package var number: String?
    package var provider: String?
    package var businessManager: String
    package var region: String?
    package var storageCountry: String?
    package var profile: SenderProfile
    package var pending: Pending?
    package var failure: FailureReason?
    package var failureDetail: String?
    /// The newest of its news that is about its state: what need not be told again.
    package var toldState: SenderNews?
    /// When a code was asked for and not yet entered.
    package var codeRequestedAt: Timestamp?
    package var isVerified = false
    package let createdAt: Timestamp
    package var updatedAt: Timestamp
    /// Marked for removal: gone for good at this time.
    package var removalAt: Timestamp?

    package init(id: SenderID, projectID: ProjectID, phase: Phase, businessManager: String, createdAt: Timestamp) {
        self.id = id
        self.projectID = projectID
        self.phase = phase
        self.businessManager = businessManager
        self.profile = SenderProfile()
        self.createdAt = createdAt
        self.updatedAt = createdAt
    }

    package mutating func fail(_ reason: FailureReason, detail: String?, at now: Timestamp) {
        phase = .failed
        failure = reason
        failureDetail = detail
        updatedAt = now
    }
}
