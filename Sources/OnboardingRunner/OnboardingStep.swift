// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// One step of a plan. The runner commits its intent, calls ``run(_:)``, and records the outcome, the next step's intent and
/// the events in one transaction, so that a crash at any point leaves at most one step *unknown*.
package protocol OnboardingStep: Sendable {
    var kind: StepKind { get }

    /// Whether the call changes something at Meta: only then can a lost answer leave the step unknown.
    var changesMeta: Bool { get }

    /// In the transaction of the intent: claims what must be claimed (money, a code, a try of the budget), or ends the step
    /// without any call.
    func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent

    /// The call. A thrown error means: retry by its class, or what ``outcome(for:_:)`` makes of it.
    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome

    /// An intent without a result: reads Meta and says what became of it.
    func settle(_ context: StepContext) async throws(GraphError) -> Settlement

    /// What a refusal by Meta means for this step; nil for the common words.
    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome?

    /// In the transaction that records a refusal, or that nothing was sent: what was claimed for the call is free again.
    func withdrawIntent(_ tx: StoreTransaction, _ onboarding: Onboarding, after error: GraphError) throws

    /// In the transaction that records that a settled call did not happen.
    func foundUndone(_ tx: StoreTransaction, _ onboarding: Onboarding) throws

    /// In the transaction that stops the run at this step: forgets what a resume must not use again.
    func stopped(_ tx: StoreTransaction, _ onboarding: Onboarding) throws
}

package enum StepIntent: Sendable {
    /// `digest` names the request that is about to be made; never a secret.
    case proceed(digest: String?)
    /// Somebody may have made the call before: read first.
    case settleFirst
    /// No call is needed or allowed.
    case end(StepOutcome)
}

package enum Settlement: Sendable {
    case outcome(StepOutcome)
    /// It did not happen, or happening twice is harmless.
    case runAgain
}

extension OnboardingStep {
    package var changesMeta: Bool { true }

    package func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent { .proceed(digest: nil) }

    package func settle(_ context: StepContext) async throws(GraphError) -> Settlement { .runAgain }

    package func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? { nil }

    package func withdrawIntent(_ tx: StoreTransaction, _ onboarding: Onboarding, after error: GraphError) throws {}

    package func foundUndone(_ tx: StoreTransaction, _ onboarding: Onboarding) throws {}

    package func stopped(_ tx: StoreTransaction, _ onboarding: Onboarding) throws {}
}
