// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// `DELETE /{ALLOCATION}`: takes the line from the whole business, so never while another WABA of it is in use.
/// Source: Meta, share-and-revoke-credit-lines.
struct RevokeCreditLineStep: OnboardingStep {
    let kind = StepKind.revokeCreditLine

    func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent {
        if onboarding.input.options.keepsCreditLine {
            return .end(.skipped(note: "the business keeps the credit line, as asked"))
        }
        guard let waba = onboarding.provenWABAID else { return .end(.skipped(note: "no WABA is known")) }
        switch try tx.creditShares.intendRevoking(waba) {
        case .recorded(let allocation): return .proceed(digest: allocation.rawValue)
        case .underWay: return .settleFirst
        case .nothingShared: return .end(.skipped(note: "the credit line is not shared with this WABA"))
        case .unsettled: return .end(.needsAction(.creditShareUnconfirmed, detail: nil))
        case .businessBusy: return .end(.snoozed(.seconds(2), note: "another WABA of this business is being shared"))
        case .stillUsed(let others):
            let ids = others.map(\.rawValue).joined(separator: ", ")
            return .end(.needsAction(.creditLineStillUsed, detail: ids))
        }
    }

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let allocation = try await allocation(context)
        guard let allocation else { return .needsAction(.creditShareUnconfirmed, detail: nil) }
        _ = try await context.graph.send(RevokeAllocation(allocation, token: try context.systemToken()))
        return revoked(allocation)
    }

    func settle(_ context: StepContext) async throws(GraphError) -> Settlement {
        guard let allocation = try await allocation(context) else {
            return .outcome(.needsAction(.creditShareUnconfirmed, detail: nil))
        }
        let read = try await context.graph.send(
            ReadAllocation(allocation, fields: [.requestStatus], token: try context.systemToken()))
        return read.isRevoked ? .outcome(revoked(allocation)) : .runAgain
    }

    func withdrawIntent(_ tx: StoreTransaction, _ onboarding: Onboarding, after error: GraphError) throws {
        if let waba = onboarding.provenWABAID { try tx.creditShares.withdrawRevoking(waba) }
    }

    private func allocation(_ context: StepContext) async throws(GraphError) -> AllocationID? {
        let waba = try context.wabaID()
        return try await context.records { try $0.creditShares.find(waba)?.allocationID }
    }

    private func revoked(_ allocation: AllocationID) -> StepOutcome {
        .done(StepResult([.creditRevoked(allocation)], facts: ["allocation_config_id": allocation.rawValue]))
    }
}
