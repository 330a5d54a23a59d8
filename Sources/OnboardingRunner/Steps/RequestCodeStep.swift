// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// `POST /{PHONE}/request_code`: Meta sends or speaks a code to the number; counted, 10 in 72 h. After a lost answer no other
/// code is sent by itself: one may have come. Source: Meta, verify phone numbers.
struct RequestCodeStep: OnboardingStep {
    let kind = StepKind.requestCode

    func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent {
        guard let number = onboarding.phoneNumberID else { return .end(.needsAction(.phoneNumberMissing, detail: nil)) }
        if try NumberVerification.isDone(number, tx, onboarding) { return .end(.skipped(note: "verified already")) }
        if let allowed = try tx.phoneNumbers.budget(.codeRequest, of: number).nextAllowedAt {
            return .end(
                .snoozed(allowed - tx.now, note: "10 codes in 72 hours are used up; allowed again at \(allowed)"))
        }
        return .proceed(digest: String(try tx.phoneNumbers.recordCodeRequest(of: number)))
    }

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let migration = context.onboarding.input.migration
        _ = try await context.graph.send(
            RequestVerificationCode(
                try context.phoneNumberID(), codeMethod: migration?.isByVoice == true ? .voice : .sms,
                language: migration?.language ?? "en_US", token: try context.businessToken()))
        return .done(StepResult())
    }

    func settle(_ context: StepContext) async throws(GraphError) -> Settlement {
        if let verified = try await NumberVerification.read(context) { return .outcome(verified) }
        return .outcome(.done(StepResult(facts: ["note": "Meta's answer was lost: a code may have come"])))
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        switch error.subcode ?? error.code {
        case 136_024: NumberVerification.done(context)
        case 2_388_091, 2_388_093: .needsAction(.numberNotMovable, detail: error.timelineText)
        default: nil
        }
    }

    func withdrawIntent(_ tx: StoreTransaction, _ onboarding: Onboarding, after error: GraphError) throws {
        guard error.reach == .notSent || GraphErrorTable.limitScope(code: error.code) != nil,
            let number = onboarding.phoneNumberID,
            let attempt = onboarding.steps.first(where: { $0.kind == kind })?.intentDigest.flatMap({ Int($0) })
        else { return }
        try tx.phoneNumbers.withdrawCodeRequest(attempt, of: number)
    }
}

/// What the steps around a verification code share.
enum NumberVerification {
    private static let verified = "VERIFIED"

    static func isDone(_ number: PhoneNumberID, _ tx: StoreTransaction, _ onboarding: Onboarding) throws -> Bool {
        let known = try tx.phoneNumbers.find(number, of: onboarding.partnerID)
        return known?.facts.codeVerificationStatus == verified
    }

    /// Nil while Meta does not show the number as verified.
    static func read(_ context: StepContext) async throws(GraphError) -> StepOutcome? {
        let facts = try await context.graph.send(
            ReadPhoneNumber(try context.phoneNumberID(), token: try context.businessToken())
        ).facts
        return facts.codeVerificationStatus == verified ? done(context) : nil
    }

    static func done(_ context: StepContext) -> StepOutcome {
        .done(StepResult(context.onboarding.phoneNumberID.map { [.numberVerified($0)] } ?? []))
    }
}
