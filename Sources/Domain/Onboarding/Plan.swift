// SPDX-License-Identifier: Apache-2.0

/// Which kind of partner runs the Meta app. Source: Meta, solution-providers/overview.
package enum PartnerKind: String, Sendable, Codable, CaseIterable {
    /// Has a credit line and shares it with its customers.
    case solutionPartner = "solution_partner"
    /// Has none: the customer adds a payment method.
    case techProvider = "tech_provider"
}

/// The ordered steps of an onboarding, fixed when it starts. Stored and shown: never rename.
package enum PlanKind: String, Sendable, Codable, CaseIterable {
    case embeddedSignup = "embedded_signup"
    /// The customer goes on using the number in the WhatsApp Business app (coexistence): nothing is registered.
    case businessApp = "business_app"
    case hosted
    case techPartner = "tech_partner"
    case activation
    /// A number moves to a live WABA from another provider.
    case numberMigration = "number_migration"
    /// A WABA leaves: what was set up for it is taken back.
    case offboarding
}

/// What a request asks for beyond the plan's fixed steps.
package struct PlanOptions: Sendable, Hashable, Codable {
    package var overridesCallback: Bool
    package var enablesTemplateAnalytics: Bool
    /// Sends a test message and follows it, before the run counts as live.
    package var verifiesMessaging: Bool
    /// The request named no number: every number of the WABA is registered.
    package var registersEveryNumber: Bool
    /// `tech_partner` only: Splashify's `auto_subscribe`. The other plans always subscribe.
    package var subscribesApp: Bool
    /// `offboarding` only: also takes the WABA's numbers off the Cloud API.
    package var deregistersNumbers: Bool
    /// `offboarding` only: the business keeps the credit line, because other WABAs of it go on using it.
    package var keepsCreditLine: Bool

    package init(
        overridesCallback: Bool = false, enablesTemplateAnalytics: Bool = false, verifiesMessaging: Bool = false,
        registersEveryNumber: Bool = false, subscribesApp: Bool = true, deregistersNumbers: Bool = true,
        keepsCreditLine: Bool = false
    ) {
        self.overridesCallback = overridesCallback
        self.enablesTemplateAnalytics = enablesTemplateAnalytics
        self.verifiesMessaging = verifiesMessaging
        self.registersEveryNumber = registersEveryNumber
        self.subscribesApp = subscribesApp
        self.deregistersNumbers = deregistersNumbers
        self.keepsCreditLine = keepsCreditLine
    }
}

extension PlanKind {
    /// What a run of this plan has become once its last step is done.
    package var end: OnboardingState {
        switch self {
        case .embeddedSignup, .businessApp, .hosted, .techPartner, .activation, .numberMigration: .live
        case .offboarding: .offboarded
        }
    }

    /// The plan's steps in order.
    package func steps(for partner: PartnerKind, options: PlanOptions) -> [StepKind] {
        var steps: [StepKind] = []
        switch self {
        case .embeddedSignup, .businessApp:
            steps += [.exchangeCode, .inspectToken, .discoverAssets, .subscribeApp]
        case .hosted:
            steps += [.awaitPartnerAdded, .fetchBusinessToken, .inspectToken, .discoverAssets, .subscribeApp]
        case .techPartner:
            steps += [.checkSolution, .awaitPartnerAdded, .fetchBusinessToken, .discoverAssets]
            if options.subscribesApp { steps.append(.subscribeApp) }
        case .offboarding: return Self.offboarding(partner, options)
        case .numberMigration:
            return [.addPhoneNumber, .requestCode, .verifyCode, .registerPhoneNumber]
                + (options.verifiesMessaging ? [.verifyMessaging] : []) + [.announce]
        case .activation:
            steps += [
                .awaitApproval, .awaitWABAShared, .fetchBusinessToken, .inspectToken, .discoverAssets, .subscribeApp,
            ]
        }
        if options.overridesCallback, steps.contains(.subscribeApp) { steps.append(.overrideCallback) }
        // At once: 24 hours are all there is, and money may have to wait for a person.
        if self == .businessApp { steps.append(.syncBusinessApp) }
        if partner == .solutionPartner { steps += [.assignSystemUser, .shareCreditLine, .verifyCreditLine] }
        if self != .businessApp { steps.append(.registerPhoneNumber) }
        if options.enablesTemplateAnalytics { steps.append(.enableTemplateAnalytics) }
        if options.verifiesMessaging { steps.append(.verifyMessaging) }
        steps.append(.announce)
        return steps
    }

    /// Whether a run begins with the code of a signup, which lives 30 seconds.
    package var beginsWithCode: Bool {
        switch self {
        case .embeddedSignup, .businessApp: true
        case .hosted, .techPartner, .activation, .numberMigration, .offboarding: false
        }
    }

    /// Messages stop first; the token goes last, since the other steps need it. Source: Meta, pitfall P11.
    private static func offboarding(_ partner: PartnerKind, _ options: PlanOptions) -> [StepKind] {
        var steps: [StepKind] = [.unsubscribeApp]
        if options.deregistersNumbers { steps.append(.deregisterPhoneNumber) }
        if partner == .solutionPartner { steps += [.revokeCreditLine, .verifyRevoked] }
        return steps + [.forgetToken, .certify]
    }
}

extension PlanOptions {
    private enum CodingKeys: String, CodingKey {
        case overridesCallback, enablesTemplateAnalytics, verifiesMessaging, subscribesApp, deregistersNumbers
        case keepsCreditLine, registersEveryNumber
    }

    /// What an older version stored lacks the younger options.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            overridesCallback: try values.decode(Bool.self, forKey: .overridesCallback),
            enablesTemplateAnalytics: try values.decode(Bool.self, forKey: .enablesTemplateAnalytics),
            verifiesMessaging: try values.decodeIfPresent(Bool.self, forKey: .verifiesMessaging) ?? false,
            registersEveryNumber: try values.decodeIfPresent(Bool.self, forKey: .registersEveryNumber) ?? false,
            subscribesApp: try values.decode(Bool.self, forKey: .subscribesApp),
            deregistersNumbers: try values.decodeIfPresent(Bool.self, forKey: .deregistersNumbers) ?? true,
            keepsCreditLine: try values.decodeIfPresent(Bool.self, forKey: .keepsCreditLine) ?? false)
    }
}
