// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// `POST /{PHONE}/register`: 10 tries in 72 h, then the number is locked; a repeat carries the same PIN.
/// Source: Meta, business-phone-numbers/registration; pitfall P5.
struct RegisterPhoneNumberStep: OnboardingStep {
    let kind = StepKind.registerPhoneNumber

    func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent {
        guard let number = onboarding.phoneNumberID else { return .end(.needsAction(.phoneNumberMissing, detail: nil)) }
        if let known = try tx.phoneNumbers.find(number, of: onboarding.partnerID), known.facts.isConnected {
            return .end(.skipped(note: "the number is connected already"))
        }
        if let allowed = try tx.phoneNumbers.budget(.registration, of: number).nextAllowedAt {
            return .end(
                .snoozed(allowed - tx.now, note: "10 tries in 72 hours are used up; allowed again at \(allowed)"))
        }
        try keepPIN(for: number, tx, onboarding)
        try tx.phoneNumbers.recordRegistration(of: number, onboarding: onboarding.id)
        return .proceed(digest: number.rawValue)
    }

    /// The given PIN, else the one that this number was registered with here, else a new one.
    private func keepPIN(for number: PhoneNumberID, _ tx: StoreTransaction, _ onboarding: Onboarding) throws {
        let owner = SecretTable.Owner.onboarding(onboarding.id)
        let given: RegistrationPIN? = try tx.secrets.get(.pin, of: owner)
        guard given == nil else { return }
        let known: RegistrationPIN? = try tx.secrets.get(.pin, of: .phoneNumber(number))
        try tx.secrets.put(known ?? .generated(), as: .pin, of: owner)
    }

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let number = try context.phoneNumberID()
        guard let pin = context.secrets.pin else { return .needsAction(.pinMismatch, detail: "no PIN is kept") }
        let region = context.onboarding.region.flatMap { Self.regions.contains($0) ? $0 : nil }
        _ = try await context.graph.send(
            RegisterPhoneNumber(number, pin: pin, dataLocalizationRegion: region, token: try context.businessToken()))
        return .done(StepResult([.registered(number)]))
    }

    func settle(_ context: StepContext) async throws(GraphError) -> Settlement {
        let number = try context.phoneNumberID()
        let facts = try await context.graph.send(ReadPhoneNumber(number, token: try context.businessToken())).facts
        guard facts.isConnected else { return .runAgain }
        return .outcome(.done(StepResult([.registered(number)], facts: ["note": "found connected"])))
    }

    func withdrawIntent(_ tx: StoreTransaction, _ onboarding: Onboarding, after error: GraphError) throws {
        guard let number = onboarding.phoneNumberID else { return }
        if error.code == 133_016 { try tx.phoneNumbers.lock(number, until: tx.now + NumberBudget.window) }
        guard error.reach == .notSent || GraphErrorTable.limitScope(code: error.code) != nil else { return }
        try tx.phoneNumbers.withdrawRegistration(of: number, onboarding: onboarding.id)
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        switch error.code {
        case 133_005: .needsAction(.pinMismatch, detail: error.timelineText)
        case 133_006: .needsAction(.phoneNumberNotVerified, detail: error.timelineText)
        case 133_008, 133_009: .needsAction(.pinGuessesExceeded, detail: error.timelineText)
        case 133_016:
            .snoozed(NumberBudget.window, note: "Meta locked the number for 72 hours: \(error.timelineText)")
        default: nil
        }
    }

    /// Source: Meta, `data_localization_region`. Other countries are stored where Meta chooses.
    static let regions: Set<String> = [
        "AE", "AU", "BH", "BR", "CA", "CH", "DE", "GB", "ID", "IN", "JP", "KR", "SG", "ZA",
    ]
}
