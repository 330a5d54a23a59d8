// SPDX-License-Identifier: Apache-2.0
package import Domain

/// A business phone number as Meta prints it; open enums stay text. Source: Meta, manage-phone-numbers.
package struct PhoneNumberAnswer: GraphObject {
    package let id: PhoneNumberID
    @Lenient package var displayPhoneNumber: String?
    @Lenient package var verifiedName: String?
    @Lenient package var status: String?
    @Lenient package var platformType: String?
    @Lenient package var qualityRating: String?
    @Lenient package var nameStatus: String?
    @Lenient package var newNameStatus: String?
    @Lenient package var newDisplayName: String?
    @Lenient package var codeVerificationStatus: String?
    @Lenient package var accountMode: String?
    @Lenient package var messagingLimit: String?
    /// As Meta prints it: `2026-08-22T19:05:53+0000`.
    @Lenient package var lastOnboardedTime: String?
    @Lenient package var isOnBusinessApp: Bool?
    @Lenient package var isPINEnabled: Bool?
    @Lenient package var isOfficialBusinessAccount: Bool?
    @Lenient package var webhookConfiguration: WebhookConfiguration?
    @Lenient package var healthStatus: HealthStatus?
    @Lenient private var throughput: Throughput?

    /// `STANDARD`, `HIGH` or `NOT_APPLICABLE`.
    package var throughputLevel: String? { throughput?.level }

    /// Whether the customer also uses the number in the phone app. Source: Meta, onboarding-business-app-users.
    package var isCoexistence: Bool { isOnBusinessApp == true && platformType == "CLOUD_API" }

    package var facts: PhoneNumberFacts {
        PhoneNumberFacts(
            id: id, displayPhoneNumber: displayPhoneNumber, verifiedName: verifiedName, status: status,
            qualityRating: qualityRating, nameStatus: nameStatus, codeVerificationStatus: codeVerificationStatus,
            platformType: platformType, throughputLevel: throughputLevel, messagingLimit: messagingLimit,
            isOnBusinessApp: isOnBusinessApp, lastOnboardedAt: lastOnboardedTime.flatMap(Self.time(_:)))
    }

    /// Meta prints `+0000` where RFC 3339 has a colon.
    private static func time(_ text: String) -> Timestamp? {
        Timestamp(reading: text) ?? Timestamp(reading: text.dropLast(2) + ":" + text.suffix(2))
    }

    struct Throughput: GraphObject {
        @Lenient var level: String?
    }

    /// Which address Meta calls for this number: the most specific that is set.
    package struct WebhookConfiguration: GraphObject {
        @Lenient package var phoneNumber: String?
        @Lenient package var whatsappBusinessAccount: String?
        @Lenient package var application: String?

        enum CodingKeys: String, CodingKey {
            case application
            case phoneNumber = "phone_number"
            case whatsappBusinessAccount = "whatsapp_business_account"
        }
    }

    enum CodingKeys: String, CodingKey {
        case id, status, throughput
        case displayPhoneNumber = "display_phone_number"
        case verifiedName = "verified_name"
        case platformType = "platform_type"
        case qualityRating = "quality_rating"
        case nameStatus = "name_status"
        case newNameStatus = "new_name_status"
        case newDisplayName = "new_display_name"
        case codeVerificationStatus = "code_verification_status"
        case accountMode = "account_mode"
        case messagingLimit = "whatsapp_business_manager_messaging_limit"
        case lastOnboardedTime = "last_onboarded_time"
        case isOnBusinessApp = "is_on_biz_app"
        case isPINEnabled = "is_pin_enabled"
        case isOfficialBusinessAccount = "is_official_business_account"
        case webhookConfiguration = "webhook_configuration"
        case healthStatus = "health_status"
    }
}

/// Names of `fields=` on a phone number.
package enum PhoneNumberField: String, Sendable, CaseIterable {
    case id, status, throughput
    case displayPhoneNumber = "display_phone_number"
    case verifiedName = "verified_name"
    case platformType = "platform_type"
    case qualityRating = "quality_rating"
    case nameStatus = "name_status"
    case newNameStatus = "new_name_status"
    case newDisplayName = "new_display_name"
    case codeVerificationStatus = "code_verification_status"
    case accountMode = "account_mode"
    case messagingLimit = "whatsapp_business_manager_messaging_limit"
    case lastOnboardedTime = "last_onboarded_time"
    case isOnBusinessApp = "is_on_biz_app"
    case isPINEnabled = "is_pin_enabled"
    case isOfficialBusinessAccount = "is_official_business_account"
    case webhookConfiguration = "webhook_configuration"
    case healthStatus = "health_status"

    /// What `PhoneNumberFacts` is made of, and whether the number is in coexistence.
    package static let facts: [PhoneNumberField] = [
        .id, .displayPhoneNumber, .verifiedName, .status, .qualityRating, .nameStatus, .codeVerificationStatus,
        .platformType, .isOnBusinessApp, .lastOnboardedTime,
    ]
}
