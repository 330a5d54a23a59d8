// SPDX-License-Identifier: Apache-2.0
package import Domain

/// What one change of a webhook says. Open enums of Meta's stay text.
/// Source: Meta, webhooks/reference; members of `value` by field and event.
package enum MetaChangeKind: Sendable, Hashable {
    case partnerAdded(Share)
    case partnerRemoved(Removal)
    case partnerAppInstalled(Share)
    case partnerAppUninstalled(Removal)
    /// `APPROVED`, `REJECTED`, `PENDING`, `DEFERRED`.
    case accountReview(decision: String)
    case nameUpdate(NameUpdate)
    case qualityUpdate(QualityUpdate)
    case accountDeleted
    /// Coexistence: the phone app left, or came back. Source: Meta, since 2026-02-04.
    case businessAppOffboarded
    case businessAppReconnected
    /// Contacts or history of the phone app. Contents are not read.
    case businessAppSync(SyncNews)
    case disabled(Ban)
    case violation(Violation)
    case restriction([Restriction])
    /// Limits of the portfolio, as Meta prints them: `2000` or `TIER_2K`.
    case capability(dailyConversationsMax: String?)
    case templateStatus(TemplateStatus)
    case messages(MessageBatch)
    /// Kept, applied to nothing: a field or an event that onboarding does not need.
    case unknown(event: String?)

    /// `waba_info` of an `account_update`.
    package struct Share: Sendable, Hashable {
        package let waba: WABAID
        package let business: BusinessID?
        package let solution: SolutionID?
        /// The app that the share was made with; a solution's other partner has another one than ours.
        package let app: AppID?
    }

    package struct Removal: Sendable, Hashable {
        package let waba: WABAID?
        package let business: BusinessID?
        package let app: AppID?
        /// Coexistence only: which number left, why, and who ended it.
        package let phoneNumber: String?
        package let reason: String?
        package let initiatedBy: String?
    }

    package struct SyncNews: Sendable, Hashable {
        package let kind: BusinessAppSync.Kind
        package let phoneNumberID: PhoneNumberID
        /// Percent, of a history.
        package let progress: Int?
        /// The customer does not share its history. Source: Meta, error 2593109.
        package let isDeclined: Bool

        package var state: BusinessAppSync.State {
            isDeclined ? .declined : (progress ?? 0) >= 100 ? .complete : .receiving
        }
    }

    package struct NameUpdate: Sendable, Hashable {
        /// Digits only.
        package let displayNumber: String
        /// `APPROVED`, `DEFERRED`, `PENDING`, `REJECTED`.
        package let decision: String
        package let requestedName: String?
        package let rejectionReason: String?
    }

    package struct QualityUpdate: Sendable, Hashable {
        /// Digits only.
        package let displayNumber: String
        /// `ONBOARDING`, `THROUGHPUT_UPGRADE`, `FLAGGED`; older: `UNFLAGGED`, `UPGRADE`, `DOWNGRADE`.
        package let event: String
        package let messagingLimit: String?
    }

    package struct Ban: Sendable, Hashable {
        /// `DISABLE`, `REINSTATE`, `SCHEDULE_FOR_DISABLE`.
        package let state: String
        /// As printed: `April 17, 2025`.
        package let date: String?
    }

    package struct Violation: Sendable, Hashable {
        package let type: String
        package let remediation: String?
    }

    package struct Restriction: Sendable, Hashable {
        package let type: String
        package let expiresAt: Timestamp?
        package let remediation: String?
    }

    package struct TemplateStatus: Sendable, Hashable {
        package let templateID: String?
        package let name: String?
        package let language: String?
        package let category: String?
        package let event: String
        package let reason: String?
    }
}

/// A change of the field `messages`: what came in and what became of what went out. Contents are not read.
package struct MessageBatch: Sendable, Hashable {
    package let phoneNumberID: PhoneNumberID?
    package let received: [ReceivedMessage]
    package let statuses: [MessageStatus]
    /// Elements without the id that every message has: left out, counted.
    package let unreadable: Int
}

package struct ReceivedMessage: Sendable, Hashable {
    package let id: String
    /// A phone number, or the business-scoped user id of a customer who hides it.
    package let from: String?
    package let type: String
    package let sentAt: Timestamp?
}

package struct MessageStatus: Sendable, Hashable {
    package let id: String
    package let recipient: String?
    /// `sent`, `delivered`, `read`, `failed`, `played`.
    package let status: String
    package let at: Timestamp?
    /// Of a failed one: `131042`, say.
    package let errorCode: String?
    package let errorTitle: String?
}
