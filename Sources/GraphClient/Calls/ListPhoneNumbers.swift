// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{WABA}/phone_numbers`, newest onboarded first. Source: Meta, manage-phone-numbers.
package struct ListPhoneNumbers: PagedGraphRequest {
    package typealias Item = PhoneNumberAnswer
    package typealias Response = GraphPage<PhoneNumberAnswer>
    package static let operation = "list_phone_numbers"

    package let wabaID: WABAID
    /// Empty for Meta's default fields, which leave `status` out.
    package let fields: [PhoneNumberField]
    package let token: any BearerToken
    package var after: String?

    package init(of wabaID: WABAID, fields: [PhoneNumberField] = PhoneNumberField.facts, token: some BearerToken) {
        self.wabaID = wabaID
        self.fields = fields
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { "\(wabaID)/phone_numbers" }
    package var query: [(String, String)] { fields.fieldsQuery + (after.map { [("after", $0)] } ?? []) }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { wabaID.rawValue }
}
