// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// `POST /{WABA}/assigned_users`: the line can be shared only when the partner's system user is on the WABA (pitfall P10).
/// Same effect when repeated.
struct AssignSystemUserStep: OnboardingStep {
    let kind = StepKind.assignSystemUser

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        guard let user = context.app.app.systemUserID else {
            return .needsAction(.creditLineNotConfigured, detail: "no system user is set for the app")
        }
        _ = try await context.graph.send(
            AssignUser(try context.wabaID(), userID: user, token: try context.systemToken()))
        return .done(StepResult(facts: ["system_user_id": user.rawValue]))
    }
}
