// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// `POST /{WABA}/subscribed_apps`, empty body: without it no message ever arrives (pitfall P1). Same effect when repeated.
struct SubscribeAppStep: OnboardingStep {
    let kind = StepKind.subscribeApp

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let waba = try context.wabaID()
        let answer = try await context.graph.send(SubscribeApp(waba, token: try context.businessToken()))
        guard answer.success != false else {
            return .needsAction(.rejectedByMeta, detail: "Meta answered success=false")
        }
        return .done(StepResult([.subscribed]))
    }

    func settle(_ context: StepContext) async throws(GraphError) -> Settlement {
        let waba = try context.wabaID()
        let apps = try await context.graph.send(ListSubscribedApps(waba, token: try context.businessToken())).data
        guard apps.contains(where: { $0.appID == context.onboarding.appID }) else { return .runAgain }
        return .outcome(.done(StepResult([.subscribed], facts: ["note": "found subscribed"])))
    }
}
