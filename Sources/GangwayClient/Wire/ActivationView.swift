// SPDX-License-Identifier: Apache-2.0

package struct ActivationView: Codable, Sendable, Hashable {
    package struct Certificate: Codable, Sendable, Hashable {
        package let type: String
        package let size: Int
        package let sha256: String
    }

    package let id: String
    package let number: Int64
    package let sid: String
    package let partnerID: String
    package let displayName: String
    package let phoneNumber: String
    package let businessID: String
    package let businessName: String
    package let incomingURL: String?
    package let certificate: Certificate
    package let state: String
    package let reason: String?
    package let decidedBy: String?
    package let decidedAt: String?
    package let onboardingID: String?
    package let onboardingState: String?
    package let customerID: String?
    package let wabaID: String?
    package let createdAt: String

    enum CodingKeys: String, CodingKey {
        case id, number, sid, certificate, state, reason
        case partnerID = "partner_id"
        case displayName = "display_name"
        case phoneNumber = "phone_number"
        case businessID = "business_id"
        case businessName = "business_name"
        case incomingURL = "incoming_url"
        case decidedBy = "decided_by"
        case decidedAt = "decided_at"
        case onboardingID = "onboarding_id"
        case onboardingState = "onboarding_state"
        case customerID = "customer_id"
        case wabaID = "waba_id"
        case createdAt = "created_at"
    }
}

package struct KaleyraAccountView: Codable, Sendable, Hashable {
    package let sid: String
    package let partnerID: String
    package let customerID: String?
    package let isTrial: Bool
    package let createdAt: String
    /// Only in the answer that makes it.
    package let apiKey: String?

    enum CodingKeys: String, CodingKey {
        case sid
        case partnerID = "partner_id"
        case customerID = "customer_id"
        case isTrial = "trial"
        case createdAt = "created_at"
        case apiKey = "api_key"
    }
}

struct NewKaleyraAccount: Encodable {
    let customerID: String?
    let isTrial: Bool

    enum CodingKeys: String, CodingKey {
        case customerID = "customer_id"
        case isTrial = "trial"
    }
}
