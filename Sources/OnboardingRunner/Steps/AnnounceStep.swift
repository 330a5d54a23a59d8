// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// The last step: the transaction that ends it makes the run live and publishes `whatsapp.waba_onboarded`. A tech provider's
/// customer pays Meta itself: whether it can is read here, so that what is missing is said. Source: Meta,
/// onboarding-customers-as-a-tech-provider.
struct AnnounceStep: OnboardingStep {
    let kind = StepKind.announce
    let changesMeta = false

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        .done(StepResult([.wentLive], facts: await payment(context).map { [PaymentFact.name: $0] } ?? [:]))
    }

    /// Nil where the operator pays. A read that fails holds nobody up: then it counts as missing.
    private func payment(_ context: StepContext) async -> String? {
        guard context.app.app.kind == .techProvider, let waba = context.onboarding.provenWABAID,
            let token = context.secrets.businessToken
        else { return nil }
        let answer = try? await context.graph.send(ReadWABA(waba, fields: [.id, .primaryFundingID], token: token))
        guard let answer else { return PaymentFact.unknown }
        return answer.primaryFundingID == nil ? PaymentFact.missing : PaymentFact.present
    }
}
