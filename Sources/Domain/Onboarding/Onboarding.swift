// SPDX-License-Identifier: Apache-2.0

/// The durable run that makes a WABA usable, as stored.
package struct Onboarding: Sendable {
    package let id: OnboardingID
    package let partnerID: PartnerID
    package let customerID: CustomerID
    package let appID: AppID
    package let plan: PlanKind
    package let input: OnboardingInput
    /// The run whose signup brought this WABA too.
    package var parentID: OnboardingID?
    package let createdAt: Timestamp
    package var state: OnboardingState
    package var steps: [StepRecord]
    /// What the request named: a claim, not ownership.
    package var claimedWABAID: WABAID?
    /// What proof showed.
    package var provenWABAID: WABAID?
    package var evidence: OwnershipEvidence?
    package var businessID: BusinessID?
    package var solutionID: SolutionID?
    package var phoneNumberID: PhoneNumberID?
    /// E.164 with `+`.
    package var phoneNumber: String?
    package var currency: Currency?
    /// Two letters, where the request wants the number's data stored. Source: Meta, data_localization_region.
    package var region: String?
    package var reason: FailureReason?
    package var detail: String?
    package var updatedAt: Timestamp
    package var finishedAt: Timestamp?

    package init(
        id: OnboardingID, partnerID: PartnerID, customerID: CustomerID, appID: AppID, plan: PlanKind,
        input: OnboardingInput, createdAt: Timestamp, state: OnboardingState, steps: [StepRecord]
    ) {
        self.id = id
        self.partnerID = partnerID
        self.customerID = customerID
        self.appID = appID
        self.plan = plan
        self.input = input
        self.createdAt = createdAt
        self.state = state
        self.steps = steps
        self.updatedAt = createdAt
    }

    /// The first step that is not finished.
    package var currentStep: StepRecord? { steps.first { !$0.state.isFinished } }

    package var wabaID: WABAID? { provenWABAID ?? claimedWABAID }

    /// Who must act and what, when the run has stopped.
    package var remedy: Remedy? { reason?.remedy }
}

/// What the request asked for and no step changes. Secrets (code, PIN) are sealed apart.
package struct OnboardingInput: Sendable, Hashable, Codable {
    package var options: PlanOptions
    package var callbackURI: String?
    package var messagingCheck: MessagingCheck?
    /// The WABAs that the signup's window named, the first one's run being the parent; empty when it named none.
    package var wabaIDs: [WABAID]?
    /// A PIN that came with the request holds for every number.
    package var givesPIN: Bool?
    package var migration: NumberMigration?

    package init(
        options: PlanOptions = PlanOptions(), callbackURI: String? = nil, messagingCheck: MessagingCheck? = nil
    ) {
        self.messagingCheck = messagingCheck
        self.options = options
        self.callbackURI = callbackURI
    }
}

/// A number that is to leave its present provider. Source: Meta, add phone number, `migrate_phone_number`.
package struct NumberMigration: Sendable, Hashable, Codable {
    /// Digits without `+`.
    package let countryCode: String
    /// Digits without the country code.
    package let number: String
    package let verifiedName: String
    /// How Meta brings the code: by voice, or by SMS.
    package let isByVoice: Bool
    /// As Meta spells it: `en_US`.
    package let language: String

    package init(countryCode: String, number: String, verifiedName: String, isByVoice: Bool, language: String) {
        self.countryCode = countryCode
        self.number = number
        self.verifiedName = verifiedName
        self.isByVoice = isByVoice
        self.language = language
    }

    package var e164: String { PhoneNumberFacts.e164(countryCode + number) }
}

/// One step of one onboarding, as stored.
package struct StepRecord: Sendable, Hashable {
    package let seq: Int
    package let kind: StepKind
    package var state: StepState
    /// Tries so far, counted from 1.
    package var attempt: Int
    /// Failed tries since the last success or resume: drives backoff and gives up.
    package var failures: Int
    package var intentAt: Timestamp?
    package var intentDigest: String?
    package var startedAt: Timestamp?
    package var finishedAt: Timestamp?
    /// When it will be tried or looked at again.
    package var dueAt: Timestamp?
    package var reason: FailureReason?
    package var detail: String?
    package var facts: [String: String]

    package init(seq: Int, kind: StepKind, state: StepState = .pending) {
        self.seq = seq
        self.kind = kind
        self.state = state
        self.attempt = 0
        self.failures = 0
        self.facts = [:]
    }
}

/// The currencies a credit line can be shared in. Source: Meta, share-and-revoke-credit-lines, `waba_currency`.
package enum Currency: String, Sendable, Codable, CaseIterable {
    case aud = "AUD"
    case eur = "EUR"
    case gbp = "GBP"
    case idr = "IDR"
    case inr = "INR"
    case usd = "USD"
}

/// One try of one step, as the timeline shows it.
package struct StepAttempt: Sendable, Hashable {
    package let seq: Int
    package let attempt: Int
    package let startedAt: Timestamp
    package let finishedAt: Timestamp
    package let outcome: String
    package let graphCode: Int?
    package let detail: String?
    /// The Graph calls that it made, in order.
    package let calls: [RecordedCall]

    package init(
        seq: Int, attempt: Int, startedAt: Timestamp, finishedAt: Timestamp, outcome: String, graphCode: Int?,
        detail: String?, calls: [RecordedCall] = []
    ) {
        self.calls = calls
        self.seq = seq
        self.attempt = attempt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.outcome = outcome
        self.graphCode = graphCode
        self.detail = detail
    }
}
