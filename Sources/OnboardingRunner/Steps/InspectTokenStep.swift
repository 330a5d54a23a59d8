// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

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
        var result = StepResult(facts: [Self.wabasFact: wabas.map(\.rawValue).joined(separator: ",")])
        for waba in try await others(of: wabas, context) {
            let id = OnboardingID(at: context.now)
            result.changes.append(.sibling(id, waba))
            result.facts[waba.rawValue] = id.rawValue
        }
        return .done(result)
    }

    /// The signup's other WABAs: those that its window named; else, when no WABA was named at all, those of the token that
    /// nobody here has and no run is about.
    private func others(of wabas: [WABAID], _ context: StepContext) async throws(GraphError) -> [WABAID] {
        let run = context.onboarding
        guard run.plan.beginsWithCode, run.parentID == nil else { return [] }
        if let named = run.input.wabaIDs, !named.isEmpty {
            let partner = run.partnerID
            let rest = named.filter { $0 != run.wabaID }
            return try await context.records { tx in
                try rest.filter { id in
                    let waba = try tx.wabas.find(id)
                    let isHere = waba?.partnerID == partner && waba?.state == .live
                    return try !isHere && tx.onboardings.openRun(naming: id, of: partner) == nil
                }
            }
        }
        guard run.claimedWABAID == nil, let lead = run.wabaID ?? wabas.first else { return [] }
        let rest = wabas.filter { $0 != lead }.prefix(Self.siblingsMax)
        return try await context.records { tx in
            try rest.filter { waba in
                let isFree = try tx.wabas.find(waba).map { $0.state == .offboarded } ?? true
                return try isFree && tx.onboardings.openRuns(waba: waba, business: nil).isEmpty
            }
        }
    }

    /// A token that names more is no signup of one customer.
    private static let siblingsMax = 20

    /// Under this name the next step finds the WABAs of the token.
    static let wabasFact = "waba_ids"
}
