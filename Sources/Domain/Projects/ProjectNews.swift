// SPDX-License-Identifier: Apache-2.0

/// What became of a project's account. Stored and on the wire: never rename.
package enum AccountNews: String, Sendable, CaseIterable {
    case created
    case edited
    case inProgress = "in_progress"
    case pendingVerification = "pending_verification"
    case rejected
    case onboarded
    case commentAdded = "comment_added"
    /// The WABA behind it was restricted, reinstated, disconnected or deleted.
    case wabaChanged = "waba_changed"

    package init(_ phase: ProjectAccount.Phase) {
        switch phase {
        case .inProgress: self = .inProgress
        case .pendingVerification: self = .pendingVerification
        case .rejected: self = .rejected
        case .onboarded: self = .onboarded
        }
    }
}

/// What became of a sender. Stored and on the wire: never rename.
package enum SenderNews: String, Sendable, Codable, CaseIterable {
    case created
    case draft
    case edited
    case inProgress = "in_progress"
    case pendingVerification = "pending_verification"
    case registered
    case verified
    case active
    case inactive
    case error
    case rejected
    case deleted
    case displayNameUpdated = "display_name_updated"
    case qualityRatingUpdated = "quality_rating_updated"
    case commentAdded = "comment_added"
}

/// What an event is about, as formats that show whole things need it.
package struct EventSubject: Sendable {
    /// Reads it, in the transaction that publishes the event.
    package typealias Reader = () throws -> EventSubject

    package var sender: SenderSnapshot?
    package var account: AccountSnapshot?
    /// Of the endpoint, where it is a project's webhook.
    package var webhook: ProjectWebhook?

    package init() {}
}
