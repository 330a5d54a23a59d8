// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// What a business that the operator approved has shared with us, by the client list.
struct SharedWABAs {
    enum Finding {
        /// Nothing can be proven as things stand.
        case stop(StepOutcome)
        case candidates([WABAFacts])
    }

    let context: StepContext

    /// Only what the run's own approved business owns; if the run names a WABA, that one alone.
    func ofApprovedBusiness() async throws(GraphError) -> Finding {
        guard let business = context.onboarding.businessID else {
            return .stop(.needsAction(.businessNotApproved, detail: "no business_id was given"))
        }
        let approved = try await context.records { try $0.partners.approvedPartner(of: business) }
        guard approved == context.onboarding.partnerID else {
            return .stop(.needsAction(.businessNotApproved, detail: business.rawValue))
        }
        let list = ListClientWABAs(
            of: context.app.app.businessID, order: .newestFirst, limit: 100, token: try context.systemToken())
        let claimed = context.onboarding.claimedWABAID
        return .candidates(
            try await context.graph.all(list).map(\.facts)
                .filter { $0.businessID == business && (claimed == nil || $0.id == claimed) })
    }

    /// The proof, when exactly one is left; `outcome` when there is none.
    func proof(by wabas: [WABAFacts], orElse outcome: StepOutcome) -> StepOutcome {
        guard let waba = wabas.first else { return outcome }
        guard wabas.count == 1 else { return ambiguous(wabas) }
        return .done(StepResult([.wabaProven(waba, evidence: .approvedBusiness)], facts: ["waba_id": waba.id.rawValue]))
    }

    func ambiguous(_ wabas: [WABAFacts]) -> StepOutcome {
        .needsAction(.wabaAmbiguous, detail: wabas.map(\.id.rawValue).joined(separator: ", "))
    }
}
