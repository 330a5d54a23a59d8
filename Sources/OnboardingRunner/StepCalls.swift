// SPDX-License-Identifier: Apache-2.0
package import Domain

/// A Graph call that a step makes when nothing goes wrong. Paths name what the run learns on its way: `{waba_id}/subscribed_apps`.
package struct PlannedCall: Sendable, Hashable {
    package enum Token: String, Sendable {
        /// App id and secret.
        case app
        case system
        case business
    }

    /// As metrics and the simulator name it.
    package let operation: String
    package let method: String
    package let path: String
    package let token: Token
    /// Whether it changes something at Meta.
    package let isChange: Bool

    private init(_ operation: String, _ method: String, _ path: String, _ token: Token, isChange: Bool) {
        self.operation = operation
        self.method = method
        self.path = path
        self.token = token
        self.isChange = isChange
    }

    static func read(_ operation: String, _ path: String, _ token: Token, by method: String = "GET") -> PlannedCall {
        PlannedCall(operation, method, path, token, isChange: false)
    }

    static func change(_ operation: String, _ path: String, _ token: Token, by method: String = "POST") -> PlannedCall {
        PlannedCall(operation, method, path, token, isChange: true)
    }
}

extension StepKind {
    /// What the step calls, in order. A test compares it with the calls of real runs: keep it beside the steps.
    package func calls(in plan: PlanKind, sharing: CreditSharing) -> [PlannedCall] {
        switch self {
        case .checkSolution: [.read("read_solution", "{solution_id}", .system)]
        case .awaitPartnerAdded: plan == .techPartner ? Self.solutionShare : [Self.clientList]
        case .awaitApproval: []
        case .awaitWABAShared: [Self.clientList]
        case .fetchBusinessToken:
            [.read("fetch_business_token", "{business_id}/system_user_access_tokens", .system, by: "POST")]
        case .exchangeCode: [.change("exchange_code", "oauth/access_token", .app, by: "GET")]
        case .inspectToken: [.read("debug_token", "debug_token", .app)]
        case .discoverAssets:
            [
                .read("read_waba", "{waba_id}", .business),
                .read("list_phone_numbers", "{waba_id}/phone_numbers", .business),
            ]
        case .subscribeApp: [.change("subscribe_app", "{waba_id}/subscribed_apps", .business)]
        case .overrideCallback:
            [
                .change("subscribe_app", "{waba_id}/subscribed_apps", .business),
                .read("list_subscribed_apps", "{waba_id}/subscribed_apps", .business),
            ]
        case .assignSystemUser: [.change("assign_user", "{waba_id}/assigned_users", .system)]
        case .shareCreditLine: sharing == .classic ? [Self.creditShare] : Self.creditShareInTwo
        case .verifyCreditLine:
            [.read("read_allocation", "{allocation_id}", .system), .read("read_waba", "{waba_id}", .business)]
        case .registerPhoneNumber: [.change("register", "{phone_number_id}/register", .business)]
        case .addPhoneNumber:
            [
                .read("list_phone_numbers", "{waba_id}/phone_numbers", .business),
                .change("add_phone_number", "{waba_id}/phone_numbers", .business),
            ]
        case .requestCode: [.change("request_code", "{phone_number_id}/request_code", .business)]
        case .verifyCode: [.change("verify_code", "{phone_number_id}/verify_code", .business)]
        case .syncBusinessApp: [Self.sync, Self.sync]
        case .verifyMessaging: [.change("send_message", "{phone_number_id}/messages", .business)]
        case .enableTemplateAnalytics: [.change("update_waba", "{waba_id}", .business)]
        case .unsubscribeApp: [.change("unsubscribe_app", "{waba_id}/subscribed_apps", .business, by: "DELETE")]
        case .deregisterPhoneNumber: [.change("deregister", "{phone_number_id}/deregister", .business)]
        case .revokeCreditLine: [.change("revoke_credit", "{allocation_id}", .system, by: "DELETE")]
        case .verifyRevoked: [.read("read_allocation", "{allocation_id}", .system)]
        case .announce, .forgetToken, .certify: []
        }
    }

    private static let creditShare = PlannedCall.change(
        "share_credit", "{extended_credit_line_id}/whatsapp_credit_sharing_and_attach", .system)

    private static let creditShareInTwo: [PlannedCall] = [
        .change("share_credit_only", "{extended_credit_line_id}/whatsapp_credit_sharing", .system),
        .change("attach_credit", "{extended_credit_line_id}/whatsapp_credit_attach", .business),
    ]

    /// Contacts, then history.
    private static let sync = PlannedCall.change("sync_business_app", "{phone_number_id}/smb_app_data", .business)

    private static let clientList = PlannedCall.read(
        "list_client_wabas", "{app_business_id}/client_whatsapp_business_accounts", .system)

    private static let solutionShare: [PlannedCall] = [
        .read("read_waba", "{waba_id}", .system), .read("list_waba_solutions", "{waba_id}/solutions", .system),
        .read("list_phone_numbers", "{waba_id}/phone_numbers", .system),
    ]
}
