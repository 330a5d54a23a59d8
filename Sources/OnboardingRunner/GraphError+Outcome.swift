// SPDX-License-Identifier: Apache-2.0
import Domain

extension GraphError {
    /// What stands in the timeline. Meta's text is data: it is shown, never decided on.
    var timelineText: String {
        let code = code.map { "Graph error \($0)" + (subcode.map { sub in "/\(sub)" } ?? "") }
        let lead = code ?? (reach == .notSent ? "Not sent" : "No answer from Meta")
        let words = [lead, details ?? message].filter { !$0.isEmpty }
        return words.joined(separator: ": ")
    }

    /// The common meaning of a refusal that no repeat can mend. Source: Meta, error codes.
    func refusal(usingSystemToken: Bool) -> StepOutcome {
        let reason: FailureReason =
            switch code {
            case 0, 104, 190: usingSystemToken ? .appCredentialsInvalid : .tokenInvalid
            case 3, 10, 131_005: .permissionMissing
            case .some(200...299): .permissionMissing
            // A token that we do not hold: nothing was sent, so Meta refused nothing.
            case nil where reach == .notSent && self.class == .needsPerson:
                usingSystemToken ? .appCredentialsInvalid : .tokenInvalid
            case 368, 131_031: .accountRestricted
            case 131_042: .paymentMethodMissing
            default: isObjectNotVisible ? .wabaNotShared : .rejectedByMeta
            }
        return .needsAction(reason, detail: timelineText)
    }
}

extension StepKind {
    /// Whose token the step's calls carry: decides who must mend a refused token.
    var usesSystemToken: Bool {
        switch self {
        case .checkSolution, .awaitPartnerAdded, .awaitApproval, .awaitWABAShared, .fetchBusinessToken,
            .assignSystemUser, .shareCreditLine, .verifyCreditLine, .revokeCreditLine, .verifyRevoked:
            true
        case .exchangeCode, .inspectToken, .discoverAssets, .subscribeApp, .overrideCallback, .syncBusinessApp,
            .addPhoneNumber, .requestCode, .verifyCode, .registerPhoneNumber, .enableTemplateAnalytics,
            .verifyMessaging, .announce, .unsubscribeApp, .deregisterPhoneNumber, .forgetToken, .certify:
            false
        }
    }
}
