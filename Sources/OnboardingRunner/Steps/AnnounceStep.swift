// SPDX-License-Identifier: Apache-2.0
import Domain

/// The last step: the transaction that ends it makes the run live and publishes `whatsapp.waba_onboarded`.
struct AnnounceStep: OnboardingStep {
    let kind = StepKind.announce
    let changesMeta = false

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        .done(StepResult([.wentLive]))
    }
}
