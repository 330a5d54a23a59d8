// SPDX-License-Identifier: Apache-2.0
import Domain

/// Source: Sinch, AccountDto.
struct AccountDTO {
    private let snapshot: AccountSnapshot

    init(_ snapshot: AccountSnapshot) { self.snapshot = snapshot }

    var json: JSONValue {
        let account = snapshot.account
        var members: [String: JSONValue] = [
            "isEmbeddedSignup": .bool(account.isEmbeddedSignup), "businessManager": .string(account.businessManager),
            "compatibleRegions": .array(
                Vocabulary.compatibleRegions(account.businessManager).map { .string($0) }),
            // Since 1.2.117; nobody here is onboarded to maximum prices.
            "wabaMaxPriceOnboarded": false,
        ]
        members["wabaId"] = (snapshot.waba?.id ?? account.wabaID).map { .string($0.rawValue) }
        members["currency"] = snapshot.waba?.currency.map { .string($0) }
        members["wabaBanState"] = banState.map { .string($0) }
        let details = self.details
        switch snapshot.phase {
        case .onboarded:
            members["state"] = "ONBOARDED"
            members["details"] = details
        case .inProgress: members["changes"] = Self.changes("IN_PROGRESS", details)
        case .pendingVerification:
            members["state"] = "PENDING_FACEBOOK_VERIFICATION"
            members["changes"] = Self.changes("PENDING_FACEBOOK_VERIFICATION", details)
        case .rejected:
            members["state"] = "REJECTED"
            members["changes"] = Self.changes("REJECTED", details)
        }
        return .object(members)
    }

    private static func changes(_ status: String, _ details: JSONValue?) -> JSONValue {
        var members: [String: JSONValue] = ["status": .string(status)]
        members["details"] = details
        return .object(members)
    }

    private var details: JSONValue? {
        let given = snapshot.account.details
        guard let business = given?.businessID ?? snapshot.waba?.businessID else { return nil }
        var members: [String: JSONValue] = ["clientBusinessManagerId": .string(business.rawValue)]
        let name = given?.wabaName ?? snapshot.waba?.name ?? given?.companyLegalName
        members["wabaName"] = name.map { .string($0) }
        members["companyLegalName"] = given?.companyLegalName.map { .string($0) }
        var sender: [String: JSONValue] = [:]
        sender["displayName"] = given?.displayName.map { .string($0) }
        sender["businessCategory"] = given?.businessCategory.map { .string($0) }
        sender["region"] = given?.region.map { .string($0) }
        sender["metaLocalStorage"] = given?.storageCountry.map { .string($0) }
        if !sender.isEmpty { members["senderDetails"] = .object(sender) }
        return .object(members)
    }

    /// As Meta told it: kept at the head of what is known of a restriction.
    private var banState: String? {
        guard let note = snapshot.waba?.restriction else { return nil }
        return ["SCHEDULE_FOR_DISABLE", "DISABLE", "REINSTATE"].first { note.hasPrefix($0) } ?? "UNRECOGNIZED"
    }
}

/// Source: Sinch, activities of accounts and senders.
struct ActivityDTO {
    private let activity: Activity

    init(_ activity: Activity) { self.activity = activity }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "type": .string(type), "created": .string(activity.at.description),
            // What the documents show of their own users.
            "author": activity.actor == "system" ? "system" : "Provisioning API user",
        ]
        if type == "COMMENT_ADDED" { members["comment"] = activity.detail.map { .string($0) } }
        return .object(members)
    }

    /// What happens here and is no type there counts as an edit.
    private var type: String {
        let parts = activity.action.split(separator: ".")
        let name = parts.count == 2 ? String(parts[1]) : ""
        if parts.first == "account" { return AccountNews(rawValue: name)?.activityType ?? "EDITED" }
        return SenderNews(rawValue: name)?.activityType ?? "EDITED"
    }
}

extension AccountNews {
    fileprivate var activityType: String {
        switch self {
        case .created: "CREATED"
        case .edited, .wabaChanged: "EDITED"
        case .inProgress: "IN_PROGRESS"
        case .pendingVerification: "PENDING_FACEBOOK_VERIFICATION"
        case .rejected: "REJECTED"
        // The documents have no type for it: the account leaves IN_PROGRESS by an edit.
        case .onboarded: "EDITED"
        case .commentAdded: "COMMENT_ADDED"
        }
    }
}

extension SenderNews {
    fileprivate var activityType: String {
        switch self {
        case .created: "CREATED"
        case .draft: "DRAFT"
        case .edited, .displayNameUpdated, .qualityRatingUpdated: "EDITED"
        case .inProgress, .pendingVerification: "IN_PROGRESS"
        case .registered: "REGISTERED"
        case .verified: "VERIFIED"
        case .active: "ACTIVE"
        case .inactive, .deleted: "INACTIVE"
        case .error: "ERROR"
        case .rejected: "REJECTED"
        case .commentAdded: "COMMENT_ADDED"
        }
    }
}
