// SPDX-License-Identifier: Apache-2.0

/// One durable unit of an onboarding. Stored and shown: never rename.
package enum StepKind: String, Sendable, Codable, CaseIterable {
    case checkSolution = "check_solution"
    case awaitPartnerAdded = "await_partner_added"
    case awaitApproval = "await_approval"
    case awaitWABAShared = "await_waba_shared"
    case fetchBusinessToken = "fetch_business_token"
    case exchangeCode = "exchange_code"
    case inspectToken = "inspect_token"
    case discoverAssets = "discover_assets"
    case subscribeApp = "subscribe_app"
    case overrideCallback = "override_callback"
    case assignSystemUser = "assign_system_user"
    case shareCreditLine = "share_credit_line"
    case verifyCreditLine = "verify_credit_line"
    case syncBusinessApp = "sync_business_app"
    case addPhoneNumber = "add_phone_number"
    case requestCode = "request_code"
    case verifyCode = "verify_code"
    case registerPhoneNumber = "register_phone_number"
    case enableTemplateAnalytics = "enable_template_analytics"
    case verifyMessaging = "verify_messaging"
    case announce
    case unsubscribeApp = "unsubscribe_app"
    case deregisterPhoneNumber = "deregister_phone_number"
    case revokeCreditLine = "revoke_credit_line"
    case verifyRevoked = "verify_revoked"
    case forgetToken = "forget_token"
    case certify
}
