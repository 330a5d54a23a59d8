// SPDX-License-Identifier: Apache-2.0

package struct CustomerView: Decodable, Sendable, Hashable {
    package let id: String
    package let name: String
    package let email: String?
    package let phone: String?
    package let externalID: String?
    package let createdAt: String

    enum CodingKeys: String, CodingKey {
        case id
        case name
        case email
        case phone
        case externalID = "external_id"
        case createdAt = "created_at"
    }
}

package struct NewCustomer: Encodable, Sendable {
    package var name: String
    package var email: String?
    package var phone: String?
    package var externalID: String?

    package init(name: String, email: String? = nil, phone: String? = nil, externalID: String? = nil) {
        self.name = name
        self.email = email
        self.phone = phone
        self.externalID = externalID
    }

    enum CodingKeys: String, CodingKey {
        case name
        case email
        case phone
        case externalID = "external_id"
    }
}
