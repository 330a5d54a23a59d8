// SPDX-License-Identifier: Apache-2.0

enum UsageClass: String, Sendable { case management, credit }

extension Operation {
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
            .requestCode, .verifyCode, .listClientWABAs, .listOwnedWABAs, .listWABASolutions, .listTemplates,
            .createTemplate, .deleteTemplate, .readTemplate, .updateTemplate, .migrateToSolution, .createSolution,
            .listSolutions, .acceptSolution, .rejectSolution, .requestDeactivation, .acceptDeactivation,
            .rejectDeactivation, .certifyBusiness, .listCertifications, .addPreverifiedNumber, .listPreverifiedNumbers,
            .sharePreverifiedNumber, .unsharePreverifiedNumber, .listConnectedBusinesses:
            "whatsapp_business_management"
        case .listSystemUsers, .listCreditLines, .shareCredit, .shareCreditOnly, .listAllocations, .readAllocation,
            .revokeCredit, .createSystemToken, .listUserBusinesses:
            "business_management"
        case .exchangeCode, .appToken, .longLivedToken, .revokeToken, .debugToken, .fetchBusinessToken, .appSubscribe,
            .appSubscriptions, .appUnsubscribe, .readBusiness, .attachCredit, .readSolution, .solutionAccessToken,
            .readUser, .listPermissions, .readApp, .unknown:
            nil
        }
    }

    /// Calls only the partner's own system user may make.
    var requiresSystemToken: Bool {
        switch self {
        case .listClientWABAs, .listOwnedWABAs, .listSystemUsers, .listCreditLines, .shareCredit, .shareCreditOnly,
            .listAllocations, .readAllocation, .revokeCredit, .fetchBusinessToken, .solutionAccessToken,
            .createSystemToken, .createSolution, .listSolutions, .acceptSolution, .rejectSolution, .requestDeactivation,
            .acceptDeactivation, .rejectDeactivation, .certifyBusiness, .listCertifications, .addPreverifiedNumber,
            .listPreverifiedNumbers, .sharePreverifiedNumber, .unsharePreverifiedNumber:
            true
        default: false
        }
    }

    /// Which hourly counter of a WABA a call runs on. Source: Meta, about the platform.
    var usageClass: UsageClass? {
        switch self {
        case .readWABA, .updateWABA, .listAssignedUsers, .assignUser, .removeAssignedUser, .listPhoneNumbers,
            .addPhoneNumber, .subscribeApp, .listSubscribedApps, .unsubscribeApp, .readPhoneNumber, .listTemplates,
            .createTemplate, .deleteTemplate:
            .management
        case .shareCredit, .shareCreditOnly, .attachCredit, .listAllocations, .readAllocation, .revokeCredit:
            .credit
        default: nil
        }
    }

    /// Whether a call runs on the app's own hourly counter: what no other limit holds back.
    var countsForApp: Bool {
        switch self {
        case .sendMessage, .register, .deregister, .exchangeCode, .appToken, .longLivedToken, .unknown: false
        default: usageClass == nil
        }
    }
}
