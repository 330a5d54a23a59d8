// SPDX-License-Identifier: Apache-2.0
import Domain

/// Source: Sinch, SenderDto. Left out: `bearerToken` (no token of ours opens Sinch's senders), `conversationApiApp…`,
/// `dailyLimit` and `username`, which have nothing behind them here.
struct SenderDTO {
    private let snapshot: SenderSnapshot
    private let now: Timestamp

    init(_ snapshot: SenderSnapshot, at now: Timestamp) {
        self.snapshot = snapshot
        self.now = now
    }

    var json: JSONValue {
        let sender = snapshot.sender
        let status = snapshot.status(at: now)
        var members: [String: JSONValue] = [
            "id": .string(sender.id.rawValue),
            "region": .string(sender.region ?? Vocabulary.region(sender.businessManager)),
            "metaLocalStorage": .string(sender.storageCountry ?? "UNSPECIFIED"), "cloudApi": true,
            "businessManager": .string(sender.businessManager),
            "compatibleRegions": .array(Vocabulary.compatibleRegions(sender.businessManager).map { .string($0) }),
            "created": .string(sender.createdAt.description), "modified": .string(sender.updatedAt.description),
            "numberProvider": .string(sender.provider ?? "CUSTOMER"),
        ]
        members["state"] = status.state.flatMap { $0.wire }.map { .string($0) }
        members["changes"] = changes(status)
        if let details = details { members["details"] = details }
        members["metadata"] = metadata
        members["qualityRating"] = quality.map { .string($0) }
        let (country, number) = digits
        members["countryCode"] = country.map { .string($0) }
        members["phoneNumber"] = number.map { .string($0) }
        return .object(members)
    }

    /// What is left of one that is gone. Source: Sinch, WHATSAPP_SENDER_DELETED.
    var removed: JSONValue {
        [
            "id": .string(snapshot.sender.id.rawValue), "region": "UNRECOGNIZED", "metaLocalStorage": "UNRECOGNIZED",
            "cloudApi": false, "businessManager": .string(snapshot.sender.businessManager),
            "compatibleRegions": .array([]),
        ]
    }

    // MARK: Parts

    private func changes(_ status: SenderStatus) -> JSONValue? {
        guard let change = status.change else { return nil }
        var members: [String: JSONValue] = ["status": .string(change.wire)]
        if let reason = status.reason {
            members["errorCode"] = .string(SenderFailure.code(for: reason))
            members["errorReason"] = .string(reason.remedy.text)
        } else if change == .rejected || change == .error {
            members["errorReason"] = status.detail.map { .string($0) }
            if change == .error { members["errorCode"] = "UNKNOWN_ERROR" }
        }
        if let pending = snapshot.sender.pending?.changes, !pending.isEmpty {
            members["details"] = Self.wire(pending.fields) { pending.value(of: $0) }
        }
        return .object(members)
    }

    private var details: JSONValue? {
        var profile = snapshot.sender.profile
        profile[.displayName] = snapshot.number?.facts.verifiedName ?? profile[.displayName]
        guard profile[.displayName] != nil else { return nil }
        profile[.vertical] = profile[.vertical] ?? "NOT_SET"
        return Self.wire(SenderField.allCases.filter { profile[$0] != nil }) { profile[$0] }
    }

    private static func wire(_ fields: [SenderField], _ value: (SenderField) -> String?) -> JSONValue {
        .object(Dictionary(uniqueKeysWithValues: fields.map { ($0.wire, JSONValue.text(value($0))) }))
    }

    private var metadata: JSONValue? {
        guard let facts = snapshot.number?.facts, facts.verifiedName != nil || facts.nameStatus != nil else {
            return nil
        }
        var name: [String: JSONValue] = ["status": .string(Self.nameStatus(facts.nameStatus))]
        name["value"] = facts.verifiedName.map { .string($0) }
        return ["displayName": .object(name)]
    }

    /// Source: Meta, `name_status`.
    private static func nameStatus(_ status: String?) -> String {
        switch status {
        case "APPROVED", "AVAILABLE_WITHOUT_REVIEW": "APPROVED"
        case "PENDING_REVIEW": "PENDING"
        case "DECLINED", "REJECTED": "REJECTED"
        case "DEFERRED", "EXPIRED": status ?? "UNSPECIFIED"
        case "NONE", nil: "UNSPECIFIED"
        default: "UNRECOGNIZED"
        }
    }

    private var quality: String? {
        switch snapshot.number?.facts.qualityRating {
        case nil: nil
        case "GREEN": "GREEN"
        case "YELLOW": "YELLOW"
        case "RED": "RED"
        case "UNKNOWN", "NA": "UNKNOWN"
        default: "UNRECOGNIZED"
        }
    }

    /// As the request named them, else as Meta prints the number: `+48 777 777777`.
    private var digits: (country: String?, number: String?) {
        if let number = snapshot.sender.number { return (snapshot.sender.countryCode, number) }
        guard let printed = snapshot.number?.facts.displayPhoneNumber else { return (nil, nil) }
        let parts = printed.split(separator: " ", maxSplits: 1)
        let digits = parts.map { part in String(decoding: part.utf8.filter { (48...57).contains($0) }, as: UTF8.self) }
        return digits.count == 2 ? (digits[0], digits[1]) : (nil, digits.first)
    }
}

extension SenderStatus.State {
    /// Nil while it is being set up for the first time: Sinch shows no state then.
    var wire: String? { self == .inProgress ? nil : filterName }

    var filterName: String {
        switch self {
        case .active: "ACTIVE"
        case .inProgress: "IN_PROGRESS"
        case .inactive: "INACTIVE"
        case .pendingVerification: "PENDING_VERIFICATION"
        case .suspended: "SUSPENDED"
        case .error: "ERROR"
        }
    }
}

extension SenderStatus.Change {
    var wire: String {
        switch self {
        case .draft: "DRAFT"
        case .error: "ERROR"
        case .inProgress: "IN_PROGRESS"
        case .rejected: "REJECTED"
        }
    }
}
