// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

/// Source: DESIGN section 5.
@Suite("Plans")
struct PlanTests {
    static let plain = PlanOptions()
    static let everything = PlanOptions(overridesCallback: true, enablesTemplateAnalytics: true, subscribesApp: true)
    static let unsubscribed = PlanOptions(subscribesApp: false)
    static let silent = PlanOptions(overridesCallback: true, enablesTemplateAnalytics: false, subscribesApp: false)

    static let table: [(PlanKind, PartnerKind, PlanOptions, String)] = [
        (
            .embeddedSignup, .solutionPartner, plain,
            """
            exchange_code inspect_token discover_assets subscribe_app assign_system_user share_credit_line \
            verify_credit_line register_phone_number announce
            """
        ),
        (
            .embeddedSignup, .techProvider, plain,
            "exchange_code inspect_token discover_assets subscribe_app register_phone_number announce"
        ),
        (
            .embeddedSignup, .solutionPartner, everything,
            """
            exchange_code inspect_token discover_assets subscribe_app override_callback assign_system_user \
            share_credit_line verify_credit_line register_phone_number enable_template_analytics announce
            """
        ),
        (
            .embeddedSignup, .techProvider, unsubscribed,
            "exchange_code inspect_token discover_assets subscribe_app register_phone_number announce"
        ),
        (
            .businessApp, .solutionPartner, plain,
            """
            exchange_code inspect_token discover_assets subscribe_app sync_business_app assign_system_user \
            share_credit_line verify_credit_line announce
            """
        ),
        (
            .businessApp, .techProvider, PlanOptions(verifiesMessaging: true),
            """
            exchange_code inspect_token discover_assets subscribe_app sync_business_app verify_messaging announce
            """
        ),
        (
            .embeddedSignup, .techProvider,
            PlanOptions(enablesTemplateAnalytics: true, verifiesMessaging: true),
            """
            exchange_code inspect_token discover_assets subscribe_app register_phone_number \
            enable_template_analytics verify_messaging announce
            """
        ),
        (
            .numberMigration, .solutionPartner, plain,
            "add_phone_number request_code verify_code register_phone_number announce"
        ),
        (
            .hosted, .solutionPartner, plain,
            """
            await_partner_added fetch_business_token inspect_token discover_assets subscribe_app assign_system_user \
            share_credit_line verify_credit_line register_phone_number announce
            """
        ),
        (
            .hosted, .techProvider, everything,
            """
            await_partner_added fetch_business_token inspect_token discover_assets subscribe_app override_callback \
            register_phone_number enable_template_analytics announce
            """
        ),
        (
            .techPartner, .solutionPartner, plain,
            """
            check_solution await_partner_added fetch_business_token discover_assets subscribe_app assign_system_user \
            share_credit_line verify_credit_line register_phone_number announce
            """
        ),
        (
            .techPartner, .techProvider, unsubscribed,
            "check_solution await_partner_added fetch_business_token discover_assets register_phone_number announce"
        ),
        (
            .offboarding, .solutionPartner, silent,
            "unsubscribe_app deregister_phone_number revoke_credit_line verify_revoked forget_token certify"
        ),
        (
            .offboarding, .techProvider, PlanOptions(deregistersNumbers: false),
            "unsubscribe_app forget_token certify"
        ),
        (
            .activation, .solutionPartner, plain,
            "await_approval await_waba_shared fetch_business_token inspect_token discover_assets subscribe_app "
                + "assign_system_user share_credit_line verify_credit_line register_phone_number announce"
        ),
        (
            .activation, .techProvider, plain,
            "await_approval await_waba_shared fetch_business_token inspect_token discover_assets subscribe_app "
                + "register_phone_number announce"
        ),
        (
            .techPartner, .techProvider, silent,
            "check_solution await_partner_added fetch_business_token discover_assets register_phone_number announce"
        ),
    ]

    @Test("Steps in order", arguments: table)
    func steps(plan: PlanKind, partner: PartnerKind, options: PlanOptions, expected: String) {
        let steps = plan.steps(for: partner, options: options).map(\.rawValue).joined(separator: " ")
        #expect(steps == expected)
    }

    @Test("Whatever is asked for: announce is last, once; no step stands twice; money only with a credit line")
    func invariants() {
        for plan in PlanKind.allCases where plan.end == .live && plan != .numberMigration {
            for partner in PartnerKind.allCases {
                for bits in 0..<16 {
                    let options = PlanOptions(
                        overridesCallback: bits & 1 != 0, enablesTemplateAnalytics: bits & 2 != 0,
                        verifiesMessaging: bits & 8 != 0, subscribesApp: bits & 4 != 0)
                    let steps = plan.steps(for: partner, options: options)
                    #expect(steps.last == .announce)
                    #expect(Set(steps).count == steps.count)
                    #expect(steps.contains(.registerPhoneNumber) != steps.contains(.syncBusinessApp), "P6")
                    #expect(steps.contains(.shareCreditLine) == (partner == .solutionPartner))
                    if let override = steps.firstIndex(of: .overrideCallback) {
                        #expect(steps[override - 1] == .subscribeApp, "an override must follow a subscription (P1)")
                    }
                }
            }
        }
    }

    @Test("Tokens do not survive a new code; money and registration do")
    func survivors() {
        let reset = StepKind.allCases.filter { !$0.survivesNewCode }
        #expect(
            reset == [
                .fetchBusinessToken, .exchangeCode, .inspectToken, .discoverAssets, .subscribeApp, .overrideCallback,
            ])
    }
}
