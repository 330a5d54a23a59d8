// SPDX-License-Identifier: Apache-2.0

package struct PartnerView: Codable, Sendable, Hashable {
    package let id: String
    package let name: String
    package let appID: String
    package let isWhatsAppEnabled: Bool
    package let defaultCurrency: String?
    package let createdAt: String

    enum CodingKeys: String, CodingKey {
        case id
        case name
        case appID = "app_id"
        case isWhatsAppEnabled = "whatsapp_enabled"
        case defaultCurrency = "default_currency"
        case createdAt = "created_at"
    }
}

package struct NewPartner: Encodable, Sendable {
    package var name: String
    /// May be left out where the world has one app.
    package var appID: String?
    package var defaultCurrency: String?

    package init(name: String, appID: String? = nil, defaultCurrency: String? = nil) {
        self.name = name
        self.appID = appID
        self.defaultCurrency = defaultCurrency
    }

    enum CodingKeys: String, CodingKey {
        case name
        case appID = "app_id"
        case defaultCurrency = "default_currency"
    }
}

package struct KeyView: Codable, Sendable, Hashable {
    package let id: String
    package let partnerID: String?
    package let role: String
    package let prefix: String
    package let createdAt: String
    package let revokedAt: String?
    /// The key itself, only in the answer to the creation.
    package let key: String?

    enum CodingKeys: String, CodingKey {
        case id
        case partnerID = "partner_id"
        case role
        case prefix
        case createdAt = "created_at"
        case revokedAt = "revoked_at"
        case key
    }
}

package struct AppView: Codable, Sendable, Hashable {
    package let id: String
    package let kind: String
    package let businessID: String
    package let systemUserID: String?
    package let creditLineID: String?
    package let configID: String?
    package let creditSharing: String?
    package let offboardOnRemoval: Bool?
    /// Of rolling 7 days; nil: 10.
    package let newCustomersMax: Int?

    enum CodingKeys: String, CodingKey {
        case id
        case kind
        case businessID = "business_id"
        case systemUserID = "system_user_id"
        case creditLineID = "extended_credit_line_id"
        case configID = "config_id"
        case creditSharing = "credit_sharing"
        case offboardOnRemoval = "offboard_on_removal"
        case newCustomersMax = "new_customers_max"
    }
}

/// The plain fields replace what is stored; secrets and the limit that are nil stay.
package struct AppSettings: Encodable, Sendable {
    /// `solution_partner` or `tech_provider`.
    package var kind: String
    package var businessID: String
    package var systemUserID: String?
    package var creditLineID: String?
    package var configID: String?
    package var creditSharing: String?
    package var offboardOnRemoval: Bool?
    package var newCustomersMax: Int?
    package var appSecret: String?
    package var systemToken: String?
    package var verifyToken: String?

    package init(kind: String, businessID: String) {
        self.kind = kind
        self.businessID = businessID
    }

    enum CodingKeys: String, CodingKey {
        case kind
        case businessID = "business_id"
        case systemUserID = "system_user_id"
        case creditLineID = "extended_credit_line_id"
        case configID = "config_id"
        case creditSharing = "credit_sharing"
        case offboardOnRemoval = "offboard_on_removal"
        case newCustomersMax = "new_customers_max"
        case appSecret = "app_secret"
        case systemToken = "system_token"
        case verifyToken = "verify_token"
    }
}

struct SolutionBody: Encodable {
    let solutionID: String

    enum CodingKeys: String, CodingKey {
        case solutionID = "solution_id"
    }
}

struct BusinessBody: Encodable {
    let businessID: String

    enum CodingKeys: String, CodingKey {
        case businessID = "business_id"
    }
}

/// An answer whose members nobody needs.
struct Ignored: Decodable {}
