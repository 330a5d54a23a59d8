// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// `POST /{LINE}/whatsapp_credit_sharing_and_attach`, or where the app is set to it `whatsapp_credit_sharing` and then
/// `whatsapp_credit_attach`: money, never twice. The row in `credit_share` is the intent; whoever finds it reads Meta before
/// anything else. Source: Meta, share-and-revoke-credit-lines.
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
            // The first of two calls is done and written down by this run: the second was never intended.
            if share.isAllocated, share.onboardingID == onboarding.id, try isHalfDone(tx, onboarding) {
                try tx.creditShares.intendAttaching(waba)
                return .proceed(digest: "\(line):\(waba):\(currency.rawValue):attach")
            }
            guard share.state != .intended, let allocation = share.allocationID else { return .settleFirst }
            return .end(
                .done(StepResult(facts: [Self.allocationFact: allocation.rawValue, "note": "shared before"])))
        }
    }

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        guard let line = context.app.app.creditLineID, let currency = context.onboarding.currency else {
            return .needsAction(.creditLineNotConfigured, detail: nil)
        }
        if context.app.app.creditSharing == .twoStep { return try await shareInTwo(line, currency, context) }
        let answer = try await context.graph.send(
            ShareCreditLine(
                line, wabaID: try context.wabaID(), currency: currency.rawValue, token: try context.systemToken()))
        guard let allocation = answer.allocationID else { return .needsAction(.creditShareUnconfirmed, detail: nil) }
        return shared(allocation)
    }

    /// One call a turn: an allocation for the business, then the WABA attached with the customer's own token.
    private func shareInTwo(
        _ line: CreditLineID, _ currency: Currency, _ context: StepContext
    ) async throws(GraphError) -> StepOutcome {
        let waba = try context.wabaID()
        let known = try await context.records { try $0.creditShares.find(waba)?.allocationID }
        guard let known else {
            guard let business = try await owner(of: waba, context) else {
                return .needsAction(.creditShareUnconfirmed, detail: "the business that owns the WABA is not known")
            }
            if let given = try await context.records({ try $0.creditShares.allocation(of: business, line: line) }) {
                return allocated(given)
            }
            let answer = try await context.graph.send(
                ShareCreditLineOnly(line, receivingBusinessID: business, token: try context.systemToken()))
            guard let allocation = answer.allocationID else {
                return .needsAction(.creditShareUnconfirmed, detail: nil)
            }
            return allocated(allocation)
        }
        let answer = try await context.graph.send(
            AttachCreditLine(line, wabaID: waba, currency: currency.rawValue, token: try context.businessToken()))
        return shared(answer.allocationID ?? known)
    }

    /// `owner_business_info`, with the customer's token. Source: Meta, two-step way, step a.
    private func owner(of waba: WABAID, _ context: StepContext) async throws(GraphError) -> BusinessID? {
        if let known = context.onboarding.businessID { return known }
        return try await context.graph.send(
            ReadWABA(waba, fields: [.id, .ownerBusiness], token: try context.businessToken())
        ).facts.businessID
    }

    private func isHalfDone(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> Bool {
        guard try tx.apps.find(onboarding.appID)?.creditSharing == .twoStep else { return false }
        return onboarding.steps.contains { $0.kind == kind && $0.facts[Self.allocationFact] != nil }
    }

    private static let allocationFact = "allocation_config_id"

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
        let isTwoStep = context.app.app.creditSharing == .twoStep
        guard isTwoStep || answer.primaryFundingID != nil else { return .runAgain }
        guard let business = context.onboarding.businessID ?? answer.facts.businessID else {
            return .outcome(.needsAction(.creditShareUnconfirmed, detail: nil))
        }
        let allocations = try await context.graph.all(
            ListAllocations(of: line, receivingBusinessID: business, token: token))
        guard let funding = answer.primaryFundingID else {
            return try await settleUnattached(allocations, context, token)
        }
        for allocation in allocations {
            let read = try await context.graph.send(
                ReadAllocation(allocation.id, fields: [.receivingCredential, .requestStatus], token: token))
            if !read.isRevoked, read.receivingCredentialID == funding { return .outcome(shared(allocation.id)) }
        }
        return .outcome(
            .needsAction(
                .creditShareUnconfirmed, detail: "the WABA has a funding that is none of this line's allocations"))
    }

    /// The WABA has no funding, so it was not attached; whether the business has its allocation, the allocations say.
    private func settleUnattached(
        _ allocations: [Allocation], _ context: StepContext, _ token: SystemToken
    ) async throws(GraphError) -> Settlement {
        for allocation in allocations {
            let read = try await context.graph.send(
                ReadAllocation(allocation.id, fields: [.requestStatus], token: token))
            if !read.isRevoked { return .outcome(allocated(allocation.id)) }
        }
        return .runAgain
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
        if let waba = onboarding.provenWABAID { try tx.creditShares.forgetIntent(waba) }
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        guard error.reach == .answered, error.class == .permanent || error.class == .needsPerson else { return nil }
        if error.code == 190 {
            return error.operation == AttachCreditLine.operation
                ? .needsAction(.tokenInvalid, detail: error.timelineText) : nil
        }
        return .needsAction(.creditLineRefused, detail: error.timelineText)
    }

    func withdrawIntent(_ tx: StoreTransaction, _ onboarding: Onboarding, after error: GraphError) throws {
        if let waba = onboarding.provenWABAID { try tx.creditShares.withdraw(waba) }
    }

    private func allocated(_ allocation: AllocationID) -> StepOutcome {
        .progressed(StepResult([.creditAllocated(allocation)], facts: [Self.allocationFact: allocation.rawValue]))
    }

    private func shared(_ allocation: AllocationID) -> StepOutcome {
        .done(StepResult([.creditShared(allocation)], facts: [Self.allocationFact: allocation.rawValue]))
    }
}
