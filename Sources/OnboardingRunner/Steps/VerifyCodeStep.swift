// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// `POST /{PHONE}/verify_code` with what the customer read off its phone. Source: Meta, verify phone numbers; error 136025.
struct VerifyCodeStep: OnboardingStep {
    let kind = StepKind.verifyCode

    func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent {
        guard let number = onboarding.phoneNumberID else { return .end(.needsAction(.phoneNumberMissing, detail: nil)) }
        if try NumberVerification.isDone(number, tx, onboarding) { return .end(.skipped(note: "verified already")) }
        let code: OtherSecret? = try tx.secrets.get(.verificationCode, of: .onboarding(onboarding.id))
        guard code != nil else { return .end(.needsAction(.verificationCodeNeeded, detail: onboarding.phoneNumber)) }
        return .proceed(digest: number.rawValue)
    }

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        guard let code = context.secrets.verificationCode else {
            return .needsAction(.verificationCodeNeeded, detail: nil)
        }
        _ = try await context.graph.send(
            VerifyCode(try context.phoneNumberID(), code: code, token: try context.businessToken()))
        return NumberVerification.done(context)
    }

    func settle(_ context: StepContext) async throws(GraphError) -> Settlement {
        try await NumberVerification.read(context).map { .outcome($0) } ?? .runAgain
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        error.code == 136_025 ? .needsAction(.verificationCodeWrong, detail: error.timelineText) : nil
    }

    /// A code that was refused is not tried again.
    func stopped(_ tx: StoreTransaction, _ onboarding: Onboarding) throws {
        try tx.secrets.remove(.verificationCode, of: .onboarding(onboarding.id))
    }
}
