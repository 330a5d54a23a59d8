// SPDX-License-Identifier: Apache-2.0

/// What Meta says of a WABA; open enums stay text. Fields not asked for are nil.
package struct WABAFacts: Sendable, Hashable {
    package let id: WABAID
    package var name: String?
    package var currency: String?
    package var businessID: BusinessID?
    package var reviewStatus: String?

    package init(
        id: WABAID, name: String? = nil, currency: String? = nil, businessID: BusinessID? = nil,
        reviewStatus: String? = nil
    ) {
        self.id = id
        self.name = name
        self.currency = currency
        self.businessID = businessID
        self.reviewStatus = reviewStatus
    }
}

/// What Meta says of a phone number; open enums stay text. Fields not asked for are nil.
package struct PhoneNumberFacts: Sendable, Hashable {
    package let id: PhoneNumberID
    /// As printed by Meta: `+1 555-078-3881`.
    package var displayPhoneNumber: String?
    package var verifiedName: String?
    /// `CONNECTED` is what is needed to send.
    package var status: String?
    package var qualityRating: String?
    package var nameStatus: String?
    package var codeVerificationStatus: String?
    package var platformType: String?
    /// `STANDARD`, `HIGH` or `NOT_APPLICABLE`.
    package var throughputLevel: String?
    /// How many customers may be written to in 24 hours: `TIER_250`, …
    package var messagingLimit: String?
    /// The customer uses the number in the WhatsApp Business app too.
    package var isOnBusinessApp: Bool?
    package var lastOnboardedAt: Timestamp?

    package init(
        id: PhoneNumberID, displayPhoneNumber: String? = nil, verifiedName: String? = nil, status: String? = nil,
        qualityRating: String? = nil, nameStatus: String? = nil, codeVerificationStatus: String? = nil,
        platformType: String? = nil, throughputLevel: String? = nil, messagingLimit: String? = nil,
        isOnBusinessApp: Bool? = nil,
        lastOnboardedAt: Timestamp? = nil
    ) {
        self.id = id
        self.displayPhoneNumber = displayPhoneNumber
        self.verifiedName = verifiedName
        self.status = status
        self.qualityRating = qualityRating
        self.nameStatus = nameStatus
        self.codeVerificationStatus = codeVerificationStatus
        self.platformType = platformType
        self.throughputLevel = throughputLevel
        self.messagingLimit = messagingLimit
        self.isOnBusinessApp = isOnBusinessApp
        self.lastOnboardedAt = lastOnboardedAt
    }

    /// E.164 with `+`, from the printed form.
    package var e164: String? { displayPhoneNumber.map(PhoneNumberFacts.e164(_:)) }

    /// Keeps the digits of a printed number: `+91 70215 12345` and `917021512345` both become `+917021512345`.
    package static func e164(_ printed: String) -> String {
        "+" + String(decoding: printed.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
    }

    /// Whether the certificate of the number's name can be downloaded. Shown: never rename.
    package enum CertificateState: String, Sendable, CaseIterable {
        case ready
        case notReady = "not_ready"
        case expired
    }

    /// Source: Meta, `name_status`: what each value says of the certificate. Nil for values that are not known.
    package var certificateState: CertificateState? {
        switch nameStatus {
        case "APPROVED", "AVAILABLE_WITHOUT_REVIEW": .ready
        case "DECLINED", "PENDING_REVIEW", "NONE": .notReady
        case "EXPIRED": .expired
        default: nil
        }
    }

    /// Whether the number can send. Source: Meta; `code_verification_status: EXPIRED` is normal on such numbers.
    package var isConnected: Bool { status == "CONNECTED" && platformType == "CLOUD_API" }
}
