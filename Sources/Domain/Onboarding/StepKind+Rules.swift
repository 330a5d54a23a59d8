// SPDX-License-Identifier: Apache-2.0

extension StepRecord {
    /// What the WABA can be live without: of several numbers those that are left, once one is registered.
    var isDispensable: Bool {
        kind.isOptional || (kind == .registerPhoneNumber && facts.values.contains(StepRecord.registeredFact))
    }

    /// A number that is registered has this fact under its id.
    package static let registeredFact = "registered"
}

extension StepKind {
    /// Whether a finished step still counts after a new signup code was brought: money and registration do, tokens do not.
    package var survivesNewCode: Bool {
        switch self {
        case .exchangeCode, .fetchBusinessToken, .inspectToken, .discoverAssets, .subscribeApp, .overrideCallback: false
        case .checkSolution, .awaitPartnerAdded, .awaitApproval, .awaitWABAShared, .assignSystemUser, .shareCreditLine,
            .verifyCreditLine, .syncBusinessApp, .addPhoneNumber, .requestCode, .verifyCode, .registerPhoneNumber,
            .enableTemplateAnalytics, .verifyMessaging, .announce, .unsubscribeApp,
            .deregisterPhoneNumber, .revokeCreditLine, .verifyRevoked, .forgetToken, .certify:
            true
        }
    }

    /// What a WABA can be live without.
    package var isOptional: Bool {
        switch self {
        case .syncBusinessApp, .enableTemplateAnalytics, .verifyMessaging: true
        case .checkSolution, .awaitPartnerAdded, .awaitApproval, .awaitWABAShared, .fetchBusinessToken, .exchangeCode,
            .inspectToken, .discoverAssets, .subscribeApp, .overrideCallback, .assignSystemUser, .shareCreditLine,
            .verifyCreditLine, .addPhoneNumber, .requestCode, .verifyCode, .registerPhoneNumber, .announce,
            .unsubscribeApp, .deregisterPhoneNumber, .revokeCreditLine, .verifyRevoked, .forgetToken, .certify:
            false
        }
    }
}
