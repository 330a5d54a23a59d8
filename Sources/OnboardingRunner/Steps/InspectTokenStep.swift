// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// `GET /debug_token`: whose token it is and which WABAs it names, newest first. Scopes are a hint only: since June 2026
/// valid tokens list other scope names. Source: Meta, debug_token; seed 003; pitfall P2.
struct InspectTokenStep: OnboardingStep {
    let kind = StepKind.inspectToken
    let changesMeta = false

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let facts = try await context.graph.send(DebugToken(inspected: try context.businessToken())).data
        guard facts.isValid != false else {
            return .needsAction(.tokenInvalid, detail: facts.error?.subcode.map { "Graph error 190/\($0)" })
        }
        if let app = facts.appID, app != context.onboarding.appID {
            return .needsAction(.tokenOfAnotherApp, detail: "app \(app)")
        }
        let wabas = facts.wabaIDs
        if let claimed = context.onboarding.claimedWABAID, !wabas.isEmpty, !wabas.contains(claimed) {
            return .needsAction(.wabaNotShared, detail: nil)
        }
        return .done(StepResult(facts: [Self.wabasFact: wabas.map(\.rawValue).joined(separator: ",")]))
    }

    /// Under this name the next step finds the WABAs of the token.
    static let wabasFact = "waba_ids"
}
