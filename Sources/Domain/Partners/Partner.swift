// SPDX-License-Identifier: Apache-2.0

/// A tenant: holds API keys, owns customers.
package struct Partner: Sendable, Hashable {
    package let id: PartnerID
    package var name: String
    package var appID: AppID
    /// Off = Splashify's 503.
    package var isWhatsAppEnabled: Bool
    package var defaultCurrency: Currency?
    package let createdAt: Timestamp

    package init(
        id: PartnerID, name: String, appID: AppID, isWhatsAppEnabled: Bool, defaultCurrency: Currency?,
        createdAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.appID = appID
        self.isWhatsAppEnabled = isWhatsAppEnabled
        self.defaultCurrency = defaultCurrency
        self.createdAt = createdAt
    }
}

/// The partner's business customer, owner of WABAs.
package struct Customer: Sendable, Hashable {
    package let id: CustomerID
    package let partnerID: PartnerID
    package var name: String
    package var email: String?
    package var phone: String?
    package var externalID: String?
    package let createdAt: Timestamp

    package init(
        id: CustomerID, partnerID: PartnerID, name: String, email: String?, phone: String?, externalID: String?,
        createdAt: Timestamp
    ) {
        self.id = id
        self.partnerID = partnerID
        self.name = name
        self.email = email
        self.phone = phone
        self.externalID = externalID
        self.createdAt = createdAt
    }

    /// What uniqueness is judged on. Source: Splashify, "Create customer": lower-cased and trimmed.
    package static func emailKey(_ email: String) -> String {
        let trimmed = email.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        return String(trimmed).lowercased()
    }

    /// Spaces, dashes, parentheses and dots do not count. Source: Splashify, "Create customer".
    package static func phoneKey(_ phone: String) -> String {
        phone.filter { !" -().\t".contains($0) }
    }
}

/// Who may use an API key. `operator` runs the server and belongs to no partner.
package enum APIKeyRole: String, Sendable, Codable, CaseIterable {
    case partner
    case `operator`
}

package struct APIKey: Sendable, Hashable {
    package let id: APIKeyID
    package let partnerID: PartnerID?
    package let role: APIKeyRole
    /// The first characters, enough to tell keys apart.
    package let prefix: String
    package let createdAt: Timestamp
    package var lastUsedAt: Timestamp?
    package var revokedAt: Timestamp?

    package init(
        id: APIKeyID, partnerID: PartnerID?, role: APIKeyRole, prefix: String, createdAt: Timestamp,
        lastUsedAt: Timestamp? = nil, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.partnerID = partnerID
        self.role = role
        self.prefix = prefix
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }
}

/// The Meta app that this world works with; its secrets are sealed apart.
package struct MetaApp: Sendable, Hashable {
    package let id: AppID
    package var kind: PartnerKind
    package var businessID: BusinessID
    package var systemUserID: SystemUserID?
    package var creditLineID: CreditLineID?
    package var configID: String?
    /// How many new customers Meta lets the app bring aboard in 7 days; nil for what Meta starts with.
    package var newCustomersMax: Int?
    package var creditSharing: CreditSharing
    /// A customer that removed us is offboarded by itself: the credit line is taken back at once.
    package var offboardsOnRemoval: Bool

    package init(
        id: AppID, kind: PartnerKind, businessID: BusinessID, systemUserID: SystemUserID?, creditLineID: CreditLineID?,
        configID: String?, newCustomersMax: Int? = nil, creditSharing: CreditSharing = .classic,
        offboardsOnRemoval: Bool = false
    ) {
        self.newCustomersMax = newCustomersMax
        self.creditSharing = creditSharing
        self.offboardsOnRemoval = offboardsOnRemoval
        self.id = id
        self.kind = kind
        self.businessID = businessID
        self.systemUserID = systemUserID
        self.creditLineID = creditLineID
        self.configID = configID
    }
}

/// How a credit line is given to a WABA. Stored and shown: never rename.
/// Source: Meta, share-and-revoke-credit-lines; solution partner onboarding, "Alternate method for sharing your credit line".
package enum CreditSharing: String, Sendable, Codable, CaseIterable {
    /// `whatsapp_credit_sharing_and_attach`, one call.
    case classic
    /// `whatsapp_credit_sharing` with the business, then `whatsapp_credit_attach` with the customer's own token.
    case twoStep = "two_step"
}
