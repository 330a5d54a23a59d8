// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// `POST /{CUSTOMER_BUSINESS}/system_user_access_tokens` with `fetch_only`: the business token without a code.
/// Fetching mints nothing, so it may be repeated. Source: Meta, hosted-es.
struct FetchBusinessTokenStep: OnboardingStep {
    let kind = StepKind.fetchBusinessToken
    let changesMeta = false

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        // Only for a business that proof has tied to this partner: a named one is not enough.
        guard context.onboarding.provenWABAID != nil, let business = context.onboarding.businessID else {
            return .needsAction(.wabaNotShared, detail: "the owner of the WABA is not known")
        }
        let answer = try await context.graph.send(
            FetchBusinessToken(
                businessID: business, token: try context.systemToken(), systemUserID: context.app.app.systemUserID))
        let expiry = answer.expiresIn.map { context.now + $0 } ?? answer.expiresAt
        return .done(StepResult([.businessToken(answer.token, expiresAt: expiry)], facts: TokenExpiry.facts(expiry)))
    }
}
