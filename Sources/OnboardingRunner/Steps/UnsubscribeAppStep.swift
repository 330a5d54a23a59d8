// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// `DELETE /{WABA}/subscribed_apps`: from then on Meta sends us nothing of this WABA. Same effect when repeated.
struct UnsubscribeAppStep: OnboardingStep {
    let kind = StepKind.unsubscribeApp

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let waba = try context.wabaID()
        guard let token = context.leavingToken else { return .skipped(note: Departure.noToken) }
        let answer = try await context.graph.send(UnsubscribeApp(waba, token: token))
        guard answer.success != false else {
            return .needsAction(.rejectedByMeta, detail: "Meta answered success=false")
        }
        return .done(StepResult([.unsubscribed]))
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? { Departure.outcome(for: error) }
}
