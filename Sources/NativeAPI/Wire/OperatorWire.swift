// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

/// `POST /partners`.
struct CreatePartnerBody: NativeBody {
    let name: String
    let appID: MetaIDField<AppID>?
    let whatsAppEnabled: Bool?
    let defaultCurrency: OneOf<Currency>?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case name
        case appID = "app_id"
        case whatsAppEnabled = "whatsapp_enabled"
        case defaultCurrency = "default_currency"
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

/// `POST /partners/{id}/solutions`.
struct AddSolutionBody: NativeBody {
    let solutionID: MetaIDField<SolutionID>

    enum CodingKeys: String, CodingKey, CaseIterable {
        case solutionID = "solution_id"
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

/// `POST /partners/{id}/businesses`.
struct ApproveBusinessBody: NativeBody {
    let businessID: MetaIDField<BusinessID>

    enum CodingKeys: String, CodingKey, CaseIterable {
        case businessID = "business_id"
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

/// `PUT /apps/{id}`: the plain fields as a whole; secrets that are left out stay.
struct SetAppBody: NativeBody {
    let kind: OneOf<PartnerKind>
    let businessID: MetaIDField<BusinessID>
    let systemUserID: MetaIDField<SystemUserID>?
    let creditLineID: MetaIDField<CreditLineID>?
    let configID: String?
    let newCustomersMax: Int?
    let creditSharing: OneOf<CreditSharing>?
    let offboardOnRemoval: Bool?
    let appSecret: String?
    let systemToken: String?
    let verifyToken: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case kind
        case businessID = "business_id"
        case systemUserID = "system_user_id"
        case creditLineID = "extended_credit_line_id"
        case configID = "config_id"
        case newCustomersMax = "new_customers_max"
        case creditSharing = "credit_sharing"
        case offboardOnRemoval = "offboard_on_removal"
        case appSecret = "app_secret"
        case systemToken = "system_token"
        case verifyToken = "verify_token"
    }

    static let fields = FieldNames(of: CodingKeys.self)

    func app(_ id: AppID) throws -> MetaApp {
        guard newCustomersMax.map((1...10_000).contains) ?? true else {
            throw ServiceError.invalid(field: "new_customers_max", message: "must be 1 to 10000")
        }
        return MetaApp(
            id: id, kind: kind.value, businessID: businessID.value, systemUserID: systemUserID?.value,
            creditLineID: creditLineID?.value, configID: try FieldChecks.optionalText(configID, "config_id", max: 100),
            newCustomersMax: newCustomersMax, creditSharing: creditSharing?.value ?? .classic,
            offboardsOnRemoval: offboardOnRemoval ?? false)
    }

    func secrets() throws -> Apps.Secrets {
        Apps.Secrets(
            appSecret: try FieldChecks.optionalText(appSecret, "app_secret", max: 1000).map { AppSecret($0) },
            systemToken: try FieldChecks.optionalText(systemToken, "system_token", max: 4096).map { SystemToken($0) },
            verifyToken: try FieldChecks.optionalText(verifyToken, "verify_token", max: 255).map { OtherSecret($0) })
    }
}

extension MetaApp {
    /// Never a secret.
    var wire: JSONValue {
        [
            "id": .id(id),
            "kind": .name(kind),
            "business_id": .id(businessID),
            "system_user_id": .id(systemUserID),
            "extended_credit_line_id": .id(creditLineID),
            "config_id": .text(configID),
            "new_customers_max": .number(newCustomersMax),
            "credit_sharing": .name(creditSharing),
            "offboard_on_removal": .bool(offboardsOnRemoval),
        ]
    }
}

extension Partner {
    var wire: JSONValue {
        [
            "id": .id(id),
            "name": .string(name),
            "app_id": .id(appID),
            "whatsapp_enabled": .bool(isWhatsAppEnabled),
            "default_currency": .name(defaultCurrency),
            "created_at": .time(createdAt),
        ]
    }
}

extension APIKey {
    var wire: JSONValue { .object(members) }

    /// With the key itself: when it is minted, and never again.
    func wire(secret: OtherSecret) -> JSONValue {
        var members = members
        members["key"] = .string(secret.secret)
        return .object(members)
    }

    private var members: [String: JSONValue] {
        [
            "id": .id(id),
            "partner_id": .id(partnerID),
            "role": .name(role),
            "prefix": .string(prefix),
            "created_at": .time(createdAt),
            "last_used_at": .time(lastUsedAt),
            "revoked_at": .time(revokedAt),
        ]
    }
}
