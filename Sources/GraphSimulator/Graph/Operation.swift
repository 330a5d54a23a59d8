// SPDX-License-Identifier: Apache-2.0

/// Every call the sandbox knows, by the name that faults and the call log use.
enum Operation: String, Sendable, CaseIterable {
    case exchangeCode = "exchange_code"
    case appToken = "app_token"
    case longLivedToken = "long_lived_token"
    case revokeToken = "revoke_token"
    case debugToken = "debug_token"
    case fetchBusinessToken = "fetch_business_token"
    case createSystemToken = "create_system_token"
    case readUser = "read_user"
    case listUserBusinesses = "list_user_businesses"
    case listPermissions = "list_permissions"
    case readApp = "read_app"
    case appSubscribe = "app_subscribe"
    case appSubscriptions = "app_subscriptions"
    case appUnsubscribe = "app_unsubscribe"
    case listConnectedBusinesses = "list_connected_businesses"
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
    case listTemplates = "list_templates"
    case createTemplate = "create_template"
    case deleteTemplate = "delete_template"
    case readTemplate = "read_template"
    case updateTemplate = "update_template"
    case listSystemUsers = "list_system_users"
    case readBusiness = "read_business"
    case certifyBusiness = "certify_business"
    case listCertifications = "list_certifications"
    case addPreverifiedNumber = "add_preverified_number"
    case listPreverifiedNumbers = "list_preverified_numbers"
    case sharePreverifiedNumber = "share_preverified_number"
    case unsharePreverifiedNumber = "unshare_preverified_number"
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
    case createSolution = "create_solution"
    case listSolutions = "list_solutions"
    case readSolution = "read_solution"
    case acceptSolution = "accept_solution"
    case rejectSolution = "reject_solution"
    case requestDeactivation = "request_deactivation"
    case acceptDeactivation = "accept_deactivation"
    case rejectDeactivation = "reject_deactivation"
    case solutionAccessToken = "solution_access_token"
    case listWABASolutions = "list_waba_solutions"
    case migrateToSolution = "migrate_to_solution"
    case unknown
}

enum NodeKind: String, Sendable, CaseIterable {
    case app, user, business, waba, phoneNumber, template, creditLine, allocation, solution

    /// As Meta prints it in `Tried accessing nonexisting field`.
    var typeName: String {
        switch self {
        case .app: "Application"
        case .user: "User"
        case .business: "Business"
        case .waba: "WhatsAppBusinessAccount"
        case .phoneNumber: "WhatsAppBusinessPhoneNumber"
        case .template: "WhatsAppBusinessHSM"
        case .creditLine: "ExtendedCredit"
        case .allocation: "ExtendedCreditAllocationConfig"
        case .solution: "WhatsAppBusinessSolution"
        }
    }
}
