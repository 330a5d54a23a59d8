// SPDX-License-Identifier: Apache-2.0

extension Operation {
    struct Edge: Sendable {
        var kind: NodeKind
        var get: Operation?
        var post: Operation?
        var delete: Operation?

        subscript(method: GraphMethod) -> Operation? {
            switch method {
            case .get: get
            case .post: post
            case .delete: delete
            }
        }
    }

    static let edges: [String: Edge] = [
        "access_tokens": Edge(kind: .user, post: .createSystemToken),
        "businesses": Edge(kind: .user, get: .listUserBusinesses),
        "permissions": Edge(kind: .user, get: .listPermissions),
        "subscriptions": Edge(kind: .app, get: .appSubscriptions, post: .appSubscribe, delete: .appUnsubscribe),
        "connected_client_businesses": Edge(kind: .app, get: .listConnectedBusinesses),
        "whatsapp_business_solution": Edge(kind: .app, post: .createSolution),
        "whatsapp_business_solutions": Edge(kind: .app, get: .listSolutions),
        "system_user_access_tokens": Edge(kind: .business, post: .fetchBusinessToken),
        "client_whatsapp_business_accounts": Edge(kind: .business, get: .listClientWABAs),
        "owned_whatsapp_business_accounts": Edge(kind: .business, get: .listOwnedWABAs),
        "system_users": Edge(kind: .business, get: .listSystemUsers),
        "extendedcredits": Edge(kind: .business, get: .listCreditLines),
        "self_certify_whatsapp_business": Edge(kind: .business, post: .certifyBusiness),
        "self_certified_whatsapp_business_submissions": Edge(kind: .business, get: .listCertifications),
        "add_phone_numbers": Edge(kind: .business, post: .addPreverifiedNumber),
        "preverified_numbers": Edge(kind: .business, get: .listPreverifiedNumbers),
        "share_preverified_numbers": Edge(
            kind: .business, post: .sharePreverifiedNumber, delete: .unsharePreverifiedNumber),
        "phone_numbers": Edge(kind: .waba, get: .listPhoneNumbers, post: .addPhoneNumber),
        "subscribed_apps": Edge(kind: .waba, get: .listSubscribedApps, post: .subscribeApp, delete: .unsubscribeApp),
        "assigned_users": Edge(kind: .waba, get: .listAssignedUsers, post: .assignUser, delete: .removeAssignedUser),
        "message_templates": Edge(kind: .waba, get: .listTemplates, post: .createTemplate, delete: .deleteTemplate),
        "solutions": Edge(kind: .waba, get: .listWABASolutions),
        "set_solution_migration_intent": Edge(kind: .waba, post: .migrateToSolution),
        "whatsapp_credit_sharing_and_attach": Edge(kind: .creditLine, post: .shareCredit),
        "whatsapp_credit_sharing": Edge(kind: .creditLine, post: .shareCreditOnly),
        "whatsapp_credit_attach": Edge(kind: .creditLine, post: .attachCredit),
        "owning_credit_allocation_configs": Edge(kind: .creditLine, get: .listAllocations),
        "request_code": Edge(kind: .phoneNumber, post: .requestCode),
        "verify_code": Edge(kind: .phoneNumber, post: .verifyCode),
        "register": Edge(kind: .phoneNumber, post: .register),
        "deregister": Edge(kind: .phoneNumber, post: .deregister),
        "whatsapp_business_profile": Edge(kind: .phoneNumber, get: .readProfile, post: .updateProfile),
        "messages": Edge(kind: .phoneNumber, post: .sendMessage),
        "smb_app_data": Edge(kind: .phoneNumber, post: .syncBusinessApp),
        "access_token": Edge(kind: .solution, get: .solutionAccessToken),
        "accept": Edge(kind: .solution, post: .acceptSolution),
        "reject": Edge(kind: .solution, post: .rejectSolution),
        "send_deactivation_request": Edge(kind: .solution, post: .requestDeactivation),
        "accept_deactivation_request": Edge(kind: .solution, post: .acceptDeactivation),
        "reject_deactivation_request": Edge(kind: .solution, post: .rejectDeactivation),
    ]

    static func onNode(_ kind: NodeKind, _ method: GraphMethod) -> Operation {
        switch (kind, method) {
        case (.waba, .get): .readWABA
        case (.waba, .post): .updateWABA
        case (.phoneNumber, .get): .readPhoneNumber
        case (.phoneNumber, .post): .updatePhoneNumber
        case (.template, .get): .readTemplate
        case (.template, .post): .updateTemplate
        case (.allocation, .get): .readAllocation
        case (.allocation, .delete): .revokeCredit
        case (.solution, .get): .readSolution
        case (.business, .get): .readBusiness
        case (.app, .get): .readApp
        case (.user, .get): .readUser
        default: .unknown
        }
    }

    /// A node nobody knows counts as a WABA, as that is what callers mostly ask for.
    static func onNode(_ kind: NodeKind?, _ method: GraphMethod) -> Operation {
        if let kind { return onNode(kind, method) }
        switch method {
        case .get: return .readWABA
        case .post: return .updateWABA
        case .delete: return .revokeCredit
        }
    }

    static func onOAuth(_ parameters: Parameters) -> Operation {
        switch parameters.text("grant_type") {
        case "client_credentials": .appToken
        case "fb_exchange_token": .longLivedToken
        default: .exchangeCode
        }
    }
}
