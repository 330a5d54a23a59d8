// SPDX-License-Identifier: Apache-2.0
package import Domain

/// Every step by its stored name. A `switch` without default: a new kind does not compile without its step.
package struct StepCatalog: Sendable {
    package init() {}

    package func step(_ kind: StepKind) -> any OnboardingStep {
        switch kind {
        case .checkSolution: CheckSolutionStep()
        case .awaitPartnerAdded: AwaitPartnerAddedStep()
        case .awaitApproval: AwaitApprovalStep()
        case .awaitWABAShared: AwaitWABASharedStep()
        case .fetchBusinessToken: FetchBusinessTokenStep()
        case .exchangeCode: ExchangeCodeStep()
        case .inspectToken: InspectTokenStep()
        case .discoverAssets: DiscoverAssetsStep()
        case .subscribeApp: SubscribeAppStep()
        case .overrideCallback: OverrideCallbackStep()
        case .assignSystemUser: AssignSystemUserStep()
        case .shareCreditLine: ShareCreditLineStep()
        case .verifyCreditLine: VerifyCreditLineStep()
        case .syncBusinessApp: SyncBusinessAppStep()
        case .addPhoneNumber: AddPhoneNumberStep()
        case .requestCode: RequestCodeStep()
        case .verifyCode: VerifyCodeStep()
        case .registerPhoneNumber: RegisterPhoneNumberStep()
        case .enableTemplateAnalytics: EnableTemplateAnalyticsStep()
        case .verifyMessaging: VerifyMessagingStep()
        case .announce: AnnounceStep()
        case .unsubscribeApp: UnsubscribeAppStep()
        case .deregisterPhoneNumber: DeregisterPhoneNumberStep()
        case .revokeCreditLine: RevokeCreditLineStep()
        case .verifyRevoked: VerifyRevokedStep()
        case .forgetToken: ForgetTokenStep()
        case .certify: CertifyStep()
        }
    }
}
