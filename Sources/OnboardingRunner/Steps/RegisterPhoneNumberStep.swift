// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// `POST /{PHONE}/register`: 10 tries in 72 h, then the number is locked; a repeat carries the same PIN.
/// Source: Meta, business-phone-numbers/registration; pitfall P5.
struct RegisterPhoneNumberStep: OnboardingStep {
    let kind = StepKind.registerPhoneNumber

    func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent {
        guard onboarding.phoneNumberID != nil else { return .end(.needsAction(.phoneNumberMissing, detail: nil)) }
        guard let number = try Self.unregistered(tx, onboarding).first else {
            let isDone = onboarding.steps.contains { $0.kind == kind && !$0.facts.isEmpty }
            return .end(isDone ? .done(StepResult()) : .skipped(note: "the number is connected already"))
        }
        if let allowed = try tx.phoneNumbers.budget(.registration, of: number).nextAllowedAt {
            return .end(
                .snoozed(allowed - tx.now, note: "10 tries in 72 hours are used up; allowed again at \(allowed)"))
        }
        try keepPIN(for: number, tx, onboarding)
        try tx.phoneNumbers.recordRegistration(of: number, onboarding: onboarding.id)
        return .proceed(digest: number.rawValue)
    }

    /// What is left to register, the chosen number first: that one alone, or all of the WABA's where none was named.
    static func unregistered(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> [PhoneNumberID] {
        guard let chosen = onboarding.phoneNumberID else { return [] }
        let isConnected = try tx.phoneNumbers.find(chosen, of: onboarding.partnerID)?.facts.isConnected ?? false
        let first = isConnected ? [] : [chosen]
        guard onboarding.input.options.registersEveryNumber, let waba = onboarding.provenWABAID else { return first }
        let others = try tx.phoneNumbers.ofWABA(waba).filter { !$0.facts.isConnected && $0.id != chosen }
        return first + others.map(\.id)
    }

    /// The number of the try that is under way: its intent names it.
    private static func asked(_ step: StepRecord?, _ onboarding: Onboarding) -> PhoneNumberID? {
        step?.intentDigest.flatMap(PhoneNumberID.init(validating:)) ?? onboarding.phoneNumberID
    }

    private static func asked(in context: StepContext) throws(GraphError) -> PhoneNumberID {
        guard let number = asked(context.step, context.onboarding) else { return try context.phoneNumberID() }
        return number
    }

    private static func registered(_ number: PhoneNumberID, in context: StepContext, note: String? = nil) -> StepOutcome
    {
        let isOne = !context.onboarding.input.options.registersEveryNumber
        if isOne { return .done(StepResult([.registered(number)], facts: note.map { ["note": $0] } ?? [:])) }
        return .progressed(
            StepResult([.registered(number)], facts: [number.rawValue: StepRecord.registeredFact]))
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
        let number = try Self.asked(in: context)
        guard let pin = context.secrets.pin else { return .needsAction(.pinMismatch, detail: "no PIN is kept") }
        let region = context.onboarding.region.flatMap { Self.regions.contains($0) ? $0 : nil }
        _ = try await context.graph.send(
            RegisterPhoneNumber(number, pin: pin, dataLocalizationRegion: region, token: try context.businessToken()))
        return Self.registered(number, in: context)
    }

    func settle(_ context: StepContext) async throws(GraphError) -> Settlement {
        let number = try Self.asked(in: context)
        let facts = try await context.graph.send(ReadPhoneNumber(number, token: try context.businessToken())).facts
        guard facts.isConnected else { return .runAgain }
        return .outcome(Self.registered(number, in: context, note: "found connected"))
    }

    func withdrawIntent(_ tx: StoreTransaction, _ onboarding: Onboarding, after error: GraphError) throws {
        let step = onboarding.steps.first { $0.kind == kind }
        guard let number = Self.asked(step, onboarding) else { return }
        if error.code == 133_016 { try tx.phoneNumbers.lock(number, until: tx.now + NumberBudget.window) }
        guard error.reach == .notSent || GraphErrorTable.limitScope(code: error.code) != nil else { return }
        try tx.phoneNumbers.withdrawRegistration(of: number, onboarding: onboarding.id)
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        // Which one of several, where several are meant.
        let number = context.onboarding.input.options.registersEveryNumber ? context.step.intentDigest : nil
        let detail = [number.map { "number \($0)" }, error.timelineText].compactMap(\.self).joined(separator: ": ")
        return switch error.code {
        case 133_005: .needsAction(.pinMismatch, detail: detail)
        case 133_006: .needsAction(.phoneNumberNotVerified, detail: detail)
        case 133_008, 133_009: .needsAction(.pinGuessesExceeded, detail: detail)
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
