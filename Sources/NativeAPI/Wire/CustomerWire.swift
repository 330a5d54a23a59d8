// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

/// `POST /customers`.
struct CreateCustomerBody: NativeBody {
    let name: String
    let email: String?
    let phone: String?
    let externalID: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case name
        case email
        case phone
        case externalID = "external_id"
    }

    static let fields = FieldNames(of: CodingKeys.self)

    func draft() throws -> Customers.Draft {
        Customers.Draft(
            name: try FieldChecks.text(name, "name", max: 200), email: try FieldChecks.email(email, "email"),
            phone: try FieldChecks.phone(phone, "phone"),
            externalID: try FieldChecks.optionalText(externalID, "external_id", max: 200))
    }
}

extension Customer {
    var wire: JSONValue {
        [
            "id": .id(id),
            "partner_id": .id(partnerID),
            "name": .string(name),
            "email": .text(email),
            "phone": .text(phone),
            "external_id": .text(externalID),
            "created_at": .time(createdAt),
        ]
    }
}
