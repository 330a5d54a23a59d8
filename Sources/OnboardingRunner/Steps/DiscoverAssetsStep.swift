// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// Reads the WABA and its numbers with the customer's own token: a successful read is the proof of ownership.
struct DiscoverAssetsStep: OnboardingStep {
    let kind = StepKind.discoverAssets
    let changesMeta = false

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let token = try context.businessToken()
        guard let waba = chosenWABA(context) else {
            return .needsAction(.wabaNotShared, detail: "the token names no WABA")
        }
        let facts = try await context.graph.send(ReadWABA(waba, token: token)).facts
        let numbers = try await context.graph.all(ListPhoneNumbers(of: waba, token: token))
        guard !numbers.isEmpty else { return .needsAction(.phoneNumberMissing, detail: nil) }
        let chosen: PhoneNumberID
        switch choose(from: numbers.map(\.facts), context.onboarding) {
        case .number(let id): chosen = id
        case .none(let reason): return .needsAction(reason, detail: numbers.map(\.id.rawValue).joined(separator: ", "))
        }
        if context.onboarding.plan == .businessApp, numbers.first(where: { $0.id == chosen })?.isOnBusinessApp == false
        {
            return .needsAction(.numberNotOnBusinessApp, detail: chosen.rawValue)
        }
        let evidence = context.onboarding.evidence ?? .businessToken
        var changes: [OnboardingChange] = [.wabaProven(facts, evidence: evidence)]
        changes += numbers.map { .phoneNumber($0.facts, isChosen: $0.id == chosen) }
        return .done(StepResult(changes, facts: ["waba_id": waba.rawValue, "phone_number_id": chosen.rawValue]))
    }

    /// The proven one, the named one, or the token's newest. Source: seed 003, "capture the first ID".
    private func chosenWABA(_ context: StepContext) -> WABAID? {
        if let known = context.onboarding.wabaID { return known }
        let inspected = context.onboarding.steps.first { $0.kind == .inspectToken }
        let first = inspected?.facts[InspectTokenStep.wabasFact]?.split(separator: ",").first
        return first.map { WABAID(rawValue: String($0)) }
    }

    enum Choice: Hashable {
        case number(PhoneNumberID)
        case none(FailureReason)
    }

    /// The named number; else the only one; else the only one that is not connected yet, or the newest where all are meant.
    func choose(from numbers: [PhoneNumberFacts], _ onboarding: Onboarding) -> Choice {
        if let id = onboarding.phoneNumberID {
            return numbers.contains { $0.id == id } ? .number(id) : .none(.phoneNumberNotOnWABA)
        }
        if let number = onboarding.phoneNumber {
            return numbers.first { $0.e164 == number }.map { .number($0.id) } ?? .none(.phoneNumberNotOnWABA)
        }
        if numbers.count == 1 { return .number(numbers[0].id) }
        let fresh = numbers.filter { !$0.isConnected }
        if onboarding.input.options.registersEveryNumber, let first = fresh.first ?? numbers.first {
            return .number(first.id)
        }
        return fresh.count == 1 ? .number(fresh[0].id) : .none(.phoneNumberAmbiguous)
    }
}
