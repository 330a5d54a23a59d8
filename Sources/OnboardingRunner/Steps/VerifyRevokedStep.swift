// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// The allocation says `request_status: DELETED`. Source: Meta, share-and-revoke-credit-lines, "Verify".
struct VerifyRevokedStep: OnboardingStep {
    let kind = StepKind.verifyRevoked
    let changesMeta = false

    func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent {
        guard let waba = onboarding.provenWABAID, let share = try tx.creditShares.find(waba), share.state == .revoked
        else { return .end(.skipped(note: "nothing was revoked")) }
        return .proceed(digest: nil)
    }

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let waba = try context.wabaID()
        let share = try await context.records { try $0.creditShares.find(waba) }
        guard let allocation = share?.allocationID else { return .skipped(note: "nothing was revoked") }
        let read = try await context.graph.send(
            ReadAllocation(allocation, fields: [.requestStatus], token: try context.systemToken()))
        guard !read.isRevoked else { return .done(StepResult(facts: ["request_status": read.requestStatus ?? ""])) }
        return .waiting(
            StepWait(
                note: "Meta does not show the allocation as deleted so far.", pollAfter: context.settings.creditPoll,
                giveUpAfter: context.settings.creditGiveUp, reason: .creditRevokeUnconfirmed))
    }
}
