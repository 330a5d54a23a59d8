// SPDX-License-Identifier: Apache-2.0

/// Every call the sandbox knows, by the name that faults and the call log use.
enum Operation: String, Sendable, CaseIterable {
    case exchangeCode = "exchange_code"
    case appToken = "app_token"
    case longLivedToken = "long_lived_token"
    case revokeToken = "revoke_token"
    case debugToken = "debug_token"
    case fetchBusinessToken = "fetch_business_token"
    case appSubscribe = "app_subscribe"
    case appSubscriptions = "app_subscriptions"
    case appUnsubscribe = "app_unsubscribe"
    case readWABA = "read_waba"
    case updateWABA = "update_waba"
    case listClientWABAs = "list_client_wabas"
    case listOwnedWABAs = "list_owned_wabas"
    case listPhoneNumbers = "list_phone_numbers"
    case addPhoneNumber = "add_phone_number"
    case subscribeApp = "subscribe_app"
    case listSubscribedApps = "list_subscribed_apps"
    case unsubscribeApp = "unsubscribe_app"
    case assignUser = "assign_user"
    case listAssignedUsers = "list_assigned_users"
    case removeAssignedUser = "remove_assigned_user"
    case listSystemUsers = "list_system_users"
    case readBusiness = "read_business"
    case listCreditLines = "list_credit_lines"
    case shareCredit = "share_credit"
    case shareCreditOnly = "share_credit_only"
    case attachCredit = "attach_credit"
    case listAllocations = "list_allocations"
    case readAllocation = "read_allocation"
    case revokeCredit = "revoke_credit"
    case readPhoneNumber = "read_phone_number"
    case updatePhoneNumber = "update_phone_number"
    case requestCode = "request_code"
    case verifyCode = "verify_code"
    case register
    case deregister
    case readProfile = "read_profile"
    case updateProfile = "update_profile"
    case sendMessage = "send_message"
    case syncBusinessApp = "sync_business_app"
    case readSolution = "read_solution"
    case solutionAccessToken = "solution_access_token"
    case listWABASolutions = "list_waba_solutions"
    case unknown
}

enum NodeKind: Sendable {
    case app, business, waba, phoneNumber, creditLine, allocation, solution

    /// As Meta prints it in `Tried accessing nonexisting field`.
    var typeName: String {
        switch self {
        case .app: "Application"
        case .business: "Business"
        case .waba: "WhatsAppBusinessAccount"
        case .phoneNumber: "WhatsAppBusinessPhoneNumber"
        case .creditLine: "ExtendedCredit"
        case .allocation: "ExtendedCreditAllocationConfig"
        case .solution: "WhatsAppBusinessSolution"
        }
    }
}

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
        "subscriptions": Edge(kind: .app, get: .appSubscriptions, post: .appSubscribe, delete: .appUnsubscribe),
        "system_user_access_tokens": Edge(kind: .business, post: .fetchBusinessToken),
        "client_whatsapp_business_accounts": Edge(kind: .business, get: .listClientWABAs),
        "owned_whatsapp_business_accounts": Edge(kind: .business, get: .listOwnedWABAs),
        "system_users": Edge(kind: .business, get: .listSystemUsers),
        "extendedcredits": Edge(kind: .business, get: .listCreditLines),
        "phone_numbers": Edge(kind: .waba, get: .listPhoneNumbers, post: .addPhoneNumber),
        "subscribed_apps": Edge(kind: .waba, get: .listSubscribedApps, post: .subscribeApp, delete: .unsubscribeApp),
        "assigned_users": Edge(kind: .waba, get: .listAssignedUsers, post: .assignUser, delete: .removeAssignedUser),
        "solutions": Edge(kind: .waba, get: .listWABASolutions),
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
    ]

    /// The operation on a bare node; a node nobody knows counts as a WABA, as that is what callers mostly ask for.
    static func onNode(_ kind: NodeKind?, _ method: GraphMethod) -> Operation {
        switch (kind, method) {
        case (.waba, .get), (nil, .get): .readWABA
        case (.waba, .post), (nil, .post): .updateWABA
        case (.phoneNumber, .get): .readPhoneNumber
        case (.phoneNumber, .post): .updatePhoneNumber
        case (.allocation, .get): .readAllocation
        case (.allocation, .delete), (nil, .delete): .revokeCredit
        case (.solution, .get): .readSolution
        case (.business, .get): .readBusiness
        default: .unknown
        }
    }

    static func onOAuth(_ parameters: Parameters) -> Operation {
        switch parameters.text("grant_type") {
        case "client_credentials": .appToken
        case "fb_exchange_token": .longLivedToken
        default: .exchangeCode
        }
    }

    /// Calls that name the app by id and secret and carry no token.
    var isAnonymous: Bool {
        switch self {
        case .exchangeCode, .appToken, .longLivedToken: true
        default: false
        }
    }

    /// The permission the token needs. Source: reference sections 3.3 and 9.1.
    var requiredScope: String? {
        switch self {
        case .sendMessage, .register, .deregister, .updateProfile, .readProfile, .syncBusinessApp:
            "whatsapp_business_messaging"
        case .readWABA, .updateWABA, .listPhoneNumbers, .addPhoneNumber, .subscribeApp, .listSubscribedApps,
            .unsubscribeApp, .assignUser, .listAssignedUsers, .removeAssignedUser, .readPhoneNumber, .updatePhoneNumber,
            .requestCode, .verifyCode, .listClientWABAs, .listOwnedWABAs, .listWABASolutions:
            "whatsapp_business_management"
        case .listSystemUsers, .listCreditLines, .shareCredit, .shareCreditOnly, .listAllocations, .readAllocation,
            .revokeCredit:
            "business_management"
        case .exchangeCode, .appToken, .longLivedToken, .revokeToken, .debugToken, .fetchBusinessToken, .appSubscribe,
            .appSubscriptions, .appUnsubscribe, .readBusiness, .attachCredit, .readSolution, .solutionAccessToken,
            .unknown:
            nil
        }
    }

    /// Calls only the partner's own system user may make.
    var requiresSystemToken: Bool {
        switch self {
        case .listClientWABAs, .listOwnedWABAs, .listSystemUsers, .listCreditLines, .shareCredit, .shareCreditOnly,
            .listAllocations, .readAllocation, .revokeCredit, .fetchBusinessToken, .solutionAccessToken:
            true
        default: false
        }
    }

    /// Which hourly counter a call runs on. Source: Meta, about the platform.
    var usageClass: UsageClass? {
        switch self {
        case .readWABA, .updateWABA, .listAssignedUsers, .assignUser, .removeAssignedUser, .listPhoneNumbers,
            .addPhoneNumber, .subscribeApp, .listSubscribedApps, .unsubscribeApp, .readPhoneNumber:
            .management
        case .shareCredit, .shareCreditOnly, .attachCredit, .listAllocations, .readAllocation, .revokeCredit:
            .credit
        default: nil
        }
    }
}

enum UsageClass: Sendable { case management, credit }
