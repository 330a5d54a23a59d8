// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// Waits until the operator has approved the request that this run came from. Approval is what begins such a run, so it stands
/// from the start; the step records whose word the run rests on.
struct AwaitApprovalStep: OnboardingStep {
    let kind = StepKind.awaitApproval
    let changesMeta = false

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let id = context.onboarding.id
        guard let activation = try await context.records({ try $0.activations.find(onboarding: id) }) else {
            return .needsAction(.businessNotApproved, detail: "no activation request belongs to this run")
        }
        switch activation.state {
        case .submitted: return waiting(context)
        case .approved:
            var facts = [
                "activation_id": activation.id.rawValue, "business_id": activation.request.businessID.rawValue,
            ]
            facts["approved_by"] = activation.decidedBy
            return .done(StepResult(facts: facts))
        case .rejected, .closed: return .failed(.businessNotApproved, detail: activation.reason)
        }
    }

    private func waiting(_ context: StepContext) -> StepOutcome {
        .waiting(
            StepWait(
                note: "The operator has not approved the request yet.", pollAfter: context.settings.sharePoll,
                giveUpAfter: context.settings.shareGiveUp, reason: .businessNotApproved))
    }
}
