// SPDX-License-Identifier: Apache-2.0

package struct NewPhoneNumber: Encodable, Sendable {
    package let wabaID: String
    package let countryCode: String
    package let phoneNumber: String
    package let verifiedName: String

    package init(wabaID: String, countryCode: String, phoneNumber: String, verifiedName: String) {
        self.wabaID = wabaID
        self.countryCode = countryCode
        self.phoneNumber = phoneNumber
        self.verifiedName = verifiedName
    }

    enum CodingKeys: String, CodingKey {
        case wabaID = "waba_id"
        case countryCode = "country_code"
        case phoneNumber = "phone_number"
        case verifiedName = "verified_name"
    }
}

struct CodeRequestView: Decodable, Sendable {
    let outcome: String
}

struct PINView: Decodable, Sendable {
    let pin: String
}

/// How many calls of a kind are left.
package struct BudgetView: Codable, Sendable, Hashable {
    package let kind: String
    package let limit: Int
    package let used: Int
    package let left: Int
    package let nextAllowedAt: String?

    enum CodingKeys: String, CodingKey {
        case kind
        case limit
        case used
        case left
        case nextAllowedAt = "next_allowed_at"
    }
}

/// The keys that seal a world's secrets, by id.
package struct EncryptionView: Codable, Sendable, Hashable {
    package struct DataKey: Codable, Sendable, Hashable {
        package let id: String
        package let keyEncryptionKeyID: String
        package let isCurrent: Bool
        package let sealed: Int
        package let createdAt: String

        enum CodingKeys: String, CodingKey {
            case id
            case keyEncryptionKeyID = "key_encryption_key_id"
            case isCurrent = "current"
            case sealed
            case createdAt = "created_at"
        }
    }

    package let dataKeys: [DataKey]
    /// Texts that a former key sealed.
    package let left: Int
    package let isResealing: Bool

    enum CodingKeys: String, CodingKey {
        case dataKeys = "data_keys"
        case left
        case isResealing = "resealing"
    }
}
