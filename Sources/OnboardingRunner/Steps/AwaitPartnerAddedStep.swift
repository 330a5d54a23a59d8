// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// Waits until the customer has shared the WABA, told by `PARTNER_ADDED` or found by asking, and proves whose it is.
/// Naming a WABA proves nothing: until the proof stands, a foreign WABA looks like one that is not shared yet.
struct AwaitPartnerAddedStep: OnboardingStep {
    let kind = StepKind.awaitPartnerAdded
    let changesMeta = false

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        switch context.onboarding.plan {
        case .techPartner: try await awaitSolutionShare(context)
        case .hosted, .embeddedSignup, .businessApp, .activation, .numberMigration, .offboarding:
            try await awaitApprovedBusiness(context)
        }
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        // Source: Meta: 100/33 is the answer for a WABA that is not shared (yet).
        error.isObjectNotVisible ? waiting(context) : nil
    }

    // MARK: By the partner's solution and the enrolled number

    private func awaitSolutionShare(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        guard let waba = context.onboarding.claimedWABAID else { return .needsAction(.wabaNotShared, detail: nil) }
        let token = try context.systemToken()
        let facts = try await context.graph.send(ReadWABA(waba, token: token)).facts
        guard try await isSharedBySolution(waba, context) else { return waiting(context) }
        let numbers = try await context.graph.all(ListPhoneNumbers(of: waba, token: token)).map(\.facts)
        guard let number = numbers.first(where: { $0.e164 == context.onboarding.phoneNumber }) else {
            return .needsAction(.phoneNumberNotOnWABA, detail: nil)
        }
        return .done(
            StepResult(
                [.wabaProven(facts, evidence: .solutionAndNumber), .phoneNumber(number, isChosen: true)],
                facts: ["waba_id": waba.rawValue, "phone_number_id": number.id.rawValue]))
    }

    private func isSharedBySolution(_ waba: WABAID, _ context: StepContext) async throws(GraphError) -> Bool {
        guard let solution = context.onboarding.solutionID else { return false }
        let partner = context.onboarding.partnerID
        let (owner, share) = try await context.records { tx in
            (try tx.partners.owner(of: solution), try tx.wabas.share(of: waba))
        }
        guard owner == partner else { return false }
        if share?.solutionID == solution { return true }
        let solutions = try await context.graph.all(ListWABASolutions(of: waba, token: try context.systemToken()))
        return solutions.contains { $0.id == solution }
    }

    // MARK: By the operator's word for the business

    private func awaitApprovedBusiness(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let shared = SharedWABAs(context: context)
        return switch try await shared.ofApprovedBusiness() {
        case .stop(let outcome): outcome
        case .candidates(let wabas): shared.proof(by: wabas, orElse: waiting(context))
        }
    }

    private func waiting(_ context: StepContext) -> StepOutcome {
        .waiting(
            StepWait(
                note: "The customer has not shared the WABA yet.", pollAfter: context.settings.sharePoll,
                giveUpAfter: context.settings.shareGiveUp, reason: .signupAbandoned))
    }
}
