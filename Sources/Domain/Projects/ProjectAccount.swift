// SPDX-License-Identifier: Apache-2.0

/// A project's one WhatsApp account: what was asked for. How it stands is derived from its onboarding and WABA.
package struct ProjectAccount: Sendable, Hashable, Codable {
    package struct Details: Sendable, Hashable, Codable {
        package var wabaName: String?
        package var companyLegalName: String?
        package var businessID: BusinessID
        package var displayName: String?
        package var businessCategory: String?
        package var region: String?
        package var storageCountry: String?

        package init(businessID: BusinessID) { self.businessID = businessID }
    }

    package let projectID: ProjectID
    package let isEmbeddedSignup: Bool
    package var businessManager: String
    package var details: Details?
    package var onboardingID: OnboardingID?
    package var wabaID: WABAID?
    /// What was told last, so that nothing is told twice.
    package var toldPhase: Phase?
    package let createdAt: Timestamp
    package var updatedAt: Timestamp
    /// Kept, so that what is still there at Meta does not bring it back.
    package var deletedAt: Timestamp?

    package init(
        projectID: ProjectID, isEmbeddedSignup: Bool, businessManager: String, details: Details?, createdAt: Timestamp
    ) {
        self.projectID = projectID
        self.isEmbeddedSignup = isEmbeddedSignup
        self.businessManager = businessManager
        self.details = details
        self.createdAt = createdAt
        self.updatedAt = createdAt
    }

    /// Stored: never rename.
    package enum Phase: String, Sendable, Codable, CaseIterable {
        case inProgress = "in_progress"
        case pendingVerification = "pending_verification"
        case rejected
        case onboarded
    }
}

/// An account with everything its state is derived from.
package struct AccountSnapshot: Sendable {
    package let account: ProjectAccount
    package let onboarding: Onboarding?
    package let waba: WABA?

    package init(account: ProjectAccount, onboarding: Onboarding?, waba: WABA?) {
        self.account = account
        self.onboarding = onboarding
        self.waba = waba
    }

    package var phase: ProjectAccount.Phase {
        if waba?.reviewStatus == "REJECTED" { return .rejected }
        if let waba, waba.state != .onboarding { return .onboarded }
        guard let onboarding else { return waba == nil ? .inProgress : .onboarded }
        switch onboarding.state {
        case .live, .offboarded: return .onboarded
        case .failed, .cancelled: return .rejected
        // The account stands; it is a number that is missing, and senders bring it.
        case .actionRequired where waba != nil && onboarding.reason?.concernsNumber == true: return .onboarded
        // What only the operator can move on is no rejection: the customer has nothing to change.
        case .actionRequired where onboarding.remedy?.actor != .operator: return .rejected
        case .actionRequired, .running, .waiting:
            return waba?.reviewStatus == "PENDING" ? .pendingVerification : .inProgress
        }
    }
}

extension FailureReason {
    /// Whether the WABA itself is fine and only a number of it stands in the way.
    fileprivate var concernsNumber: Bool {
        [
            .phoneNumberMissing, .phoneNumberAmbiguous, .phoneNumberNotOnWABA, .phoneNumberNotVerified, .pinMismatch,
            .pinGuessesExceeded, .registrationLimitReached,
        ].contains(self)
    }
}
