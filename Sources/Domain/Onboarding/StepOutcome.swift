// SPDX-License-Identifier: Apache-2.0

/// The closed set of ways in which a step ends. A throw means "retry by policy".
package enum StepOutcome: Sendable {
    case done(StepResult)
    /// One of its calls is made and written down; the step goes on at once with the next.
    case progressed(StepResult)
    case skipped(note: String)
    /// Come back later; not a failure, the attempt is not counted.
    case snoozed(Duration, note: String)
    /// Until a signal or at the latest `pollAfter`; gives up at `giveUpAt` with `reason`.
    case waiting(StepWait)
    /// Somebody must act; resumed by hand.
    case needsAction(FailureReason, detail: String?)
    case failed(FailureReason, detail: String?)
}

package struct StepWait: Sendable, Hashable {
    /// What is waited for, in the words of the timeline.
    package let note: String
    package let pollAfter: Duration
    /// Counted from the step's start.
    package let giveUpAfter: Duration
    package let reason: FailureReason

    package init(note: String, pollAfter: Duration, giveUpAfter: Duration, reason: FailureReason) {
        self.note = note
        self.pollAfter = pollAfter
        self.giveUpAfter = giveUpAfter
        self.reason = reason
    }
}

/// What a finished step learned; the runner applies `changes` in the transaction that records the outcome.
package struct StepResult: Sendable {
    package var changes: [OnboardingChange]
    /// Shown in the timeline. Never a secret.
    package var facts: [String: String]

    package init(_ changes: [OnboardingChange] = [], facts: [String: String] = [:]) {
        self.changes = changes
        self.facts = facts
    }
}

/// What a step changes besides its own row.
package enum OnboardingChange: Sendable {
    case businessToken(BusinessToken, expiresAt: Timestamp?)
    /// Another WABA of the same signup: a run of its own, with the same token.
    case sibling(OnboardingID, WABAID)
    case business(BusinessID, name: String?)
    /// Ownership, on proof only.
    case wabaProven(WABAFacts, evidence: OwnershipEvidence)
    case phoneNumber(PhoneNumberFacts, isChosen: Bool)
    /// The business has an allocation, the WABA is not attached yet: the first half of the two-step way.
    case creditAllocated(AllocationID)
    case creditShared(AllocationID)
    case creditVerified
    case registered(PhoneNumberID)
    /// Meta was asked for the phone app's contacts or history; nil when it said that somebody had asked before.
    case syncRequested(PhoneNumberID, BusinessAppSync.Kind, requestID: String?)
    case numberVerified(PhoneNumberID)
    case testMessageSent(id: String)
    case subscribed
    /// Cleared for a new code, once the old one is spent.
    case codeSpent
    case wentLive
    case unsubscribed
    case deregistered([PhoneNumberID])
    /// Meta took the line from the whole business.
    case creditRevoked(AllocationID)
    case tokenForgotten
    case offboarded
}

/// Why a WABA is a partner's. Stored: never rename.
package enum OwnershipEvidence: String, Sendable, Codable, CaseIterable {
    /// The business token's `target_ids` name it, or a read with that token succeeded.
    case businessToken = "business_token"
    /// `PARTNER_ADDED` (or the client list) with this partner's solution, and the enrolled number on the WABA.
    case solutionAndNumber = "solution_and_number"
    /// The operator approved the owning business for this partner.
    case approvedBusiness = "approved_business"
    /// The operator imported it: the operator's word, and Meta shows it to the app.
    case operatorImport = "operator_import"
}
