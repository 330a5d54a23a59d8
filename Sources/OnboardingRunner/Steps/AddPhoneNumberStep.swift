// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// `POST /{WABA}/phone_numbers` with `migrate_phone_number`: the number of another provider on this WABA, still to be verified.
/// A second call may make a second number, so the WABA's list is read first. Source: Meta, add phone number; migration
/// errors 2388001 to 2388103.
struct AddPhoneNumberStep: OnboardingStep {
    let kind = StepKind.addPhoneNumber

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        guard let migration = context.onboarding.input.migration else {
            return .needsAction(.phoneNumberMissing, detail: nil)
        }
        if let found = try await found(migration, context) { return found }
        let id = try await context.graph.send(
            AddPhoneNumber(
                try context.wabaID(), countryCode: migration.countryCode, phoneNumber: migration.number,
                verifiedName: migration.verifiedName, migrates: true, token: try context.businessToken())
        ).id
        let facts = PhoneNumberFacts(
            id: id, displayPhoneNumber: migration.e164, verifiedName: migration.verifiedName,
            codeVerificationStatus: "NOT_VERIFIED")
        return added(facts)
    }

    func settle(_ context: StepContext) async throws(GraphError) -> Settlement {
        guard let migration = context.onboarding.input.migration else { return .runAgain }
        return try await found(migration, context).map { .outcome($0) } ?? .runAgain
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        for code in [error.code, error.subcode] {
            switch code {
            case 2_388_001: return .needsAction(.twoStepVerificationOn, detail: error.timelineText)
            case 2_388_012, 2_388_091, 2_388_093, 2_388_103:
                return .needsAction(.numberNotMovable, detail: error.timelineText)
            default: continue
            }
        }
        return nil
    }

    private func found(_ migration: NumberMigration, _ context: StepContext) async throws(GraphError) -> StepOutcome? {
        let numbers = try await context.graph.all(
            ListPhoneNumbers(of: try context.wabaID(), token: try context.businessToken()))
        return numbers.map(\.facts).first { $0.e164 == migration.e164 }.map { added($0) }
    }

    private func added(_ facts: PhoneNumberFacts) -> StepOutcome {
        .done(StepResult([.phoneNumber(facts, isChosen: true)], facts: ["phone_number_id": facts.id.rawValue]))
    }
}
