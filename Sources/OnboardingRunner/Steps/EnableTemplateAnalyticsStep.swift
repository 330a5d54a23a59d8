// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// `POST /{WABA}?is_enabled_for_insights=true`: cannot be undone, same effect when repeated. Source: Meta, analytics.
struct EnableTemplateAnalyticsStep: OnboardingStep {
    let kind = StepKind.enableTemplateAnalytics

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        _ = try await context.graph.send(
            EnableTemplateAnalytics(try context.wabaID(), token: try context.businessToken()))
        return .done(StepResult())
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        guard let code = error.code, (200_005...200_007).contains(code) else { return nil }
        return .needsAction(.templateAnalyticsRefused, detail: error.timelineText)
    }
}
