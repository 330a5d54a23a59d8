// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// Ends an offboarding: from here on its timeline is the certificate of what was done and when.
struct CertifyStep: OnboardingStep {
    let kind = StepKind.certify
    let changesMeta = false

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome { .done(StepResult([.offboarded])) }
}
