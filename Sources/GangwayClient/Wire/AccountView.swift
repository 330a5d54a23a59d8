// SPDX-License-Identifier: Apache-2.0

package struct WABAView: Codable, Sendable, Hashable {
    package let id: String
    package let customerID: String
    package let businessID: String?
    package let name: String?
    package let currency: String?
    package let state: String
    package let reviewStatus: String?
    package let isSubscribed: Bool
    package let updatedAt: String

    enum CodingKeys: String, CodingKey {
        case id
        case customerID = "customer_id"
        case businessID = "business_id"
        case name
        case currency
        case state
        case reviewStatus = "review_status"
        case isSubscribed = "subscribed"
        case updatedAt = "updated_at"
    }
}

package struct PhoneNumberView: Decodable, Sendable, Hashable {
    package let id: String
    package let wabaID: String
    package let phoneNumber: String?
    package let displayPhoneNumber: String?
    package let verifiedName: String?
    package let status: String?
    package let qualityRating: String?
    package let nameStatus: String?
    package let codeVerificationStatus: String?
    package let messagingLimit: String?
    package let requestedName: String?
    package let registrationDueAt: String?

    enum CodingKeys: String, CodingKey {
        case id
        case wabaID = "waba_id"
        case phoneNumber = "phone_number"
        case displayPhoneNumber = "display_phone_number"
        case verifiedName = "verified_name"
        case status
        case qualityRating = "quality_rating"
        case nameStatus = "name_status"
        case codeVerificationStatus = "code_verification_status"
        case messagingLimit = "messaging_limit"
        case requestedName = "requested_name"
        case registrationDueAt = "registration_due_at"
    }
}
