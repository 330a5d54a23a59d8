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
    case hosted
    case techPartner = "tech_partner"
    case activation
}

/// What a request asks for beyond the plan's fixed steps.
package struct PlanOptions: Sendable, Hashable, Codable {
    package var overridesCallback: Bool
    package var enablesTemplateAnalytics: Bool
    /// `tech_partner` only: Splashify's `auto_subscribe`. The other plans always subscribe.
    package var subscribesApp: Bool

    package init(overridesCallback: Bool = false, enablesTemplateAnalytics: Bool = false, subscribesApp: Bool = true) {
        self.overridesCallback = overridesCallback
        self.enablesTemplateAnalytics = enablesTemplateAnalytics
        self.subscribesApp = subscribesApp
    }
}

extension PlanKind {
    /// The plan's steps in order.
    package func steps(for partner: PartnerKind, options: PlanOptions) -> [StepKind] {
        var steps: [StepKind] = []
        switch self {
        case .embeddedSignup:
            steps += [.exchangeCode, .inspectToken, .discoverAssets, .subscribeApp]
        case .hosted:
            steps += [.awaitPartnerAdded, .fetchBusinessToken, .inspectToken, .discoverAssets, .subscribeApp]
        case .techPartner:
            steps += [.checkSolution, .awaitPartnerAdded, .fetchBusinessToken, .discoverAssets]
            if options.subscribesApp { steps.append(.subscribeApp) }
        case .activation:
            steps += [
                .awaitApproval, .awaitWABAShared, .fetchBusinessToken, .inspectToken, .discoverAssets, .subscribeApp,
            ]
        }
        if options.overridesCallback, steps.contains(.subscribeApp) { steps.append(.overrideCallback) }
        if partner == .solutionPartner { steps += [.assignSystemUser, .shareCreditLine, .verifyCreditLine] }
        steps.append(.registerPhoneNumber)
        if options.enablesTemplateAnalytics { steps.append(.enableTemplateAnalytics) }
        steps.append(.announce)
        return steps
    }
}
