// SPDX-License-Identifier: Apache-2.0
import Crypto
import Domain
import GraphClient
import Store

/// `GET /oauth/access_token`: the code lives 30 s and works once, so the exchange is never repeated.
/// Source: Meta, embedded-signup/implementation; observed subcodes 36007 to 36009.
struct ExchangeCodeStep: OnboardingStep {
    let kind = StepKind.exchangeCode

    func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent {
        guard let code: SignupCode = try tx.secrets.get(.signupCode, of: .onboarding(onboarding.id)) else {
            return .end(.needsAction(.codeExpired, detail: "no code is left to exchange"))
        }
        let digest = Array(SHA256.hash(data: Array(code.secret.utf8)))
        let first = try tx.onboardings.claimCode(digest: digest, for: onboarding.id)
        guard first == onboarding.id else { return .end(.needsAction(.codeUsed, detail: "brought before by \(first)")) }
        return .proceed(digest: digest.prefix(8).map { String($0, radix: 16) }.joined())
    }

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        guard let code = context.secrets.code else { return .needsAction(.codeExpired, detail: nil) }
        let answer = try await context.graph.send(ExchangeCode(code: code))
        let expiry = answer.expiresIn.map { context.now + $0 } ?? answer.expiresAt
        return .done(
            StepResult([.businessToken(answer.token, expiresAt: expiry), .codeSpent], facts: TokenExpiry.facts(expiry)))
    }

    /// The answer is lost and the code is spent. The token can be fetched where the business is proven to be this partner's.
    func settle(_ context: StepContext) async throws(GraphError) -> Settlement {
        let lost = StepOutcome.needsAction(.codeExchangeUnknown, detail: nil)
        guard let business = context.onboarding.businessID, let token = context.app.systemToken else {
            return .outcome(lost)
        }
        let partner = context.onboarding.partnerID
        let isProven = try await context.records { tx in
            if try tx.partners.approvedPartner(of: business) == partner { return true }
            return try tx.wabas.ofBusiness(business).contains { $0.partnerID == partner }
        }
        guard isProven else { return .outcome(lost) }
        let answer = try await context.graph.send(
            FetchBusinessToken(businessID: business, token: token, systemUserID: context.app.app.systemUserID))
        return .outcome(
            .done(
                StepResult(
                    [.businessToken(answer.token, expiresAt: answer.expiresAt), .codeSpent],
                    facts: TokenExpiry.facts(answer.expiresAt).merging(["note": "fetched without the code"]) { $1 })))
    }

    /// The code lived 30 s and works once: a resume must bring another.
    func stopped(_ tx: StoreTransaction, _ onboarding: Onboarding) throws {
        try tx.secrets.remove(.signupCode, of: .onboarding(onboarding.id))
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        let reason: FailureReason? =
            switch (error.code, error.subcode) {
            case (100, 36007): .codeExpired
            case (100, 36008): .redirectURIMismatch
            case (100, 36009): .codeUsed
            case (100, nil) where error.class != .transient: .codeInvalid
            case (1, _) where error.class == .needsPerson: .appCredentialsInvalid
            case (101, _): .appCredentialsInvalid
            default: nil
            }
        return reason.map { .needsAction($0, detail: error.timelineText) }
    }
}
