// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// Waits until the approved Business Manager has shared its WABA with us, told by `PARTNER_ADDED` or found in the client list.
/// Source: Meta, client_whatsapp_business_accounts.
struct AwaitWABASharedStep: OnboardingStep {
    let kind = StepKind.awaitWABAShared
    let changesMeta = false

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let shared = SharedWABAs(context: context)
        switch try await shared.ofApprovedBusiness() {
        case .stop(let outcome): return outcome
        case .candidates(let wabas):
            guard wabas.count > 1 else { return shared.proof(by: wabas, orElse: waiting(context)) }
            let carriers = try await carriers(of: context.onboarding.phoneNumber, among: wabas, context)
            return shared.proof(by: carriers, orElse: shared.ambiguous(wabas))
        }
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        error.isObjectNotVisible ? waiting(context) : nil
    }

    /// Of several WABAs of the business the one that carries the number that was asked for.
    private func carriers(
        of number: String?, among wabas: [WABAFacts], _ context: StepContext
    ) async throws(GraphError) -> [WABAFacts] {
        var found: [WABAFacts] = []
        for waba in wabas {
            let numbers = try await context.graph.all(ListPhoneNumbers(of: waba.id, token: try context.systemToken()))
            if numbers.contains(where: { $0.facts.e164 == number }) { found.append(waba) }
        }
        return found
    }

    private func waiting(_ context: StepContext) -> StepOutcome {
        .waiting(
            StepWait(
                note: "The business has not shared its WABA yet.", pollAfter: context.settings.sharePoll,
                giveUpAfter: context.settings.shareGiveUp, reason: .signupAbandoned))
    }
}
