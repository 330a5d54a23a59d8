// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// `POST /{LINE}/whatsapp_credit_sharing_and_attach`: money, never twice. The row in `credit_share` is the intent; whoever
/// finds it reads Meta before anything else. Source: Meta, share-and-revoke-credit-lines.
struct ShareCreditLineStep: OnboardingStep {
    let kind = StepKind.shareCreditLine

    func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent {
        guard let waba = onboarding.provenWABAID else { return .end(.needsAction(.wabaNotShared, detail: nil)) }
        guard let currency = onboarding.currency else { return .end(.needsAction(.currencyMissing, detail: nil)) }
        guard let line = try tx.apps.find(onboarding.appID)?.creditLineID else {
            return .end(.needsAction(.creditLineNotConfigured, detail: nil))
        }
        let intent = try tx.creditShares.intend(
            waba: waba, line: line, business: onboarding.businessID, currency: currency, onboarding: onboarding.id)
        switch intent {
        case .recorded: return .proceed(digest: "\(line):\(waba):\(currency.rawValue)")
        case .businessBusy: return .end(.snoozed(.seconds(2), note: "another WABA of this business is being shared"))
        case .exists(let share):
            guard share.state != .intended, let allocation = share.allocationID else { return .settleFirst }
            return .end(
                .done(StepResult(facts: ["allocation_config_id": allocation.rawValue, "note": "shared before"])))
        }
    }

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        guard let line = context.app.app.creditLineID, let currency = context.onboarding.currency else {
            return .needsAction(.creditLineNotConfigured, detail: nil)
        }
        let answer = try await context.graph.send(
            ShareCreditLine(
                line, wabaID: try context.wabaID(), currency: currency.rawValue, token: try context.systemToken()))
        guard let allocation = answer.allocationID else { return .needsAction(.creditShareUnconfirmed, detail: nil) }
        return shared(allocation)
    }

    /// Reads allocations and funding. Shared when the two ids agree; not shared when the WABA has no funding at all;
    /// anything else is for a person.
    func settle(_ context: StepContext) async throws(GraphError) -> Settlement {
        guard let line = context.app.app.creditLineID else {
            return .outcome(.needsAction(.creditLineNotConfigured, detail: nil))
        }
        let (waba, token) = (try context.wabaID(), try context.systemToken())
        if let wait = try await rest(of: waba, context) { return .outcome(wait) }
        let answer = try await context.graph.send(
            ReadWABA(waba, fields: [.id, .primaryFundingID, .ownerBusiness], token: token))
        guard let funding = answer.primaryFundingID else { return .runAgain }
        guard let business = context.onboarding.businessID ?? answer.facts.businessID else {
            return .outcome(.needsAction(.creditShareUnconfirmed, detail: nil))
        }
        let allocations = try await context.graph.all(
            ListAllocations(of: line, receivingBusinessID: business, token: token))
        for allocation in allocations {
            let read = try await context.graph.send(
                ReadAllocation(allocation.id, fields: [.receivingCredential, .requestStatus], token: token))
            if !read.isRevoked, read.receivingCredentialID == funding { return .outcome(shared(allocation.id)) }
        }
        return .outcome(
            .needsAction(
                .creditShareUnconfirmed, detail: "the WABA has a funding that is none of this line's allocations"))
    }

    /// A node that was cut off from the database may still be in the very call: its outcome is not readable before it is over.
    private func rest(of waba: WABAID, _ context: StepContext) async throws(GraphError) -> StepOutcome? {
        guard let share = try await context.records({ try $0.creditShares.find(waba) }) else { return nil }
        let remaining = share.intendedAt + context.settings.creditSettleAfter - context.now
        guard remaining > .zero else { return nil }
        return .snoozed(remaining, note: "waiting until an earlier sharing call is certainly over")
    }

    /// Read as not shared: the next call begins with an intent of its own.
    func foundUndone(_ tx: StoreTransaction, _ onboarding: Onboarding) throws {
        if let waba = onboarding.provenWABAID { try tx.creditShares.withdraw(waba) }
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        guard error.reach == .answered, error.class == .permanent || error.class == .needsPerson else { return nil }
        if error.code == 190 { return nil }
        return .needsAction(.creditLineRefused, detail: error.timelineText)
    }

    func withdrawIntent(_ tx: StoreTransaction, _ onboarding: Onboarding, after error: GraphError) throws {
        if let waba = onboarding.provenWABAID { try tx.creditShares.withdraw(waba) }
    }

    private func shared(_ allocation: AllocationID) -> StepOutcome {
        .done(StepResult([.creditShared(allocation)], facts: ["allocation_config_id": allocation.rawValue]))
    }
}
