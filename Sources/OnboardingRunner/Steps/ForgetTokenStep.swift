// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// Every copy of the customer's token is removed here; at Meta the customer can remove the app.
struct ForgetTokenStep: OnboardingStep {
    let kind = StepKind.forgetToken
    let changesMeta = false

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome { .done(StepResult([.tokenForgotten])) }
}
