// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// The line is shared iff the allocation's `receiving_credential` is the WABA's `primary_funding_id`.
/// Source: Meta, share-and-revoke-credit-lines, "Verify".
struct VerifyCreditLineStep: OnboardingStep {
    let kind = StepKind.verifyCreditLine
    let changesMeta = false

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let waba = try context.wabaID()
        let share = try await context.records { try $0.creditShares.find(waba) }
        guard let allocation = share?.allocationID else { return .needsAction(.creditShareUnconfirmed, detail: nil) }
        let credential = try await context.graph.send(
            ReadAllocation(allocation, fields: [.receivingCredential], token: try context.systemToken())
        ).receivingCredentialID
        let funding = try await context.graph.send(
            ReadWABA(waba, fields: [.id, .primaryFundingID], token: try context.businessToken())
        ).primaryFundingID
        if let credential, credential == funding {
            return .done(StepResult([.creditVerified], facts: ["primary_funding_id": credential]))
        }
        return .waiting(
            StepWait(
                note: "The allocation's credential and the WABA's funding differ so far.",
                pollAfter: context.settings.creditPoll, giveUpAfter: context.settings.creditGiveUp,
                reason: .creditShareUnconfirmed))
    }
}
