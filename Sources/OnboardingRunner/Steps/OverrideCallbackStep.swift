// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// The same edge with `override_callback_uri`, always after a plain subscription, then read back. Source: pitfall P1.
struct OverrideCallbackStep: OnboardingStep {
    let kind = StepKind.overrideCallback

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        guard let uri = context.onboarding.input.callbackURI, let verifyToken = context.secrets.callbackVerifyToken
        else {
            return .skipped(note: "no callback was given")
        }
        let (waba, token) = (try context.wabaID(), try context.businessToken())
        _ = try await context.graph.send(
            OverrideCallback(waba, callbackURI: uri, verifyToken: verifyToken, token: token))
        guard try await isInForce(uri, waba, token, context) else {
            return .needsAction(.callbackRefused, detail: "Meta does not show the override after setting it")
        }
        return .done(StepResult(facts: ["callback_uri": uri]))
    }

    func settle(_ context: StepContext) async throws(GraphError) -> Settlement {
        guard let uri = context.onboarding.input.callbackURI else { return .runAgain }
        let isInForce = try await isInForce(uri, try context.wabaID(), try context.businessToken(), context)
        return isInForce ? .outcome(.done(StepResult(facts: ["callback_uri": uri]))) : .runAgain
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        guard error.code == 100, !error.isObjectNotVisible else { return nil }
        return .needsAction(.callbackRefused, detail: error.timelineText)
    }

    private func isInForce(
        _ uri: String, _ waba: WABAID, _ token: BusinessToken, _ context: StepContext
    ) async throws(GraphError) -> Bool {
        let apps = try await context.graph.send(ListSubscribedApps(waba, token: token)).data
        return apps.contains { $0.appID == context.onboarding.appID && $0.overrideCallbackURI == uri }
    }
}
