// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{PHONE}?fields=…`. Source: Meta, manage-phone-numbers.
package struct ReadPhoneNumber: GraphRequest {
    package typealias Response = PhoneNumberAnswer
    package static let operation = "read_phone_number"

    package let phoneNumberID: PhoneNumberID
    /// Empty for Meta's default fields, which leave `status` out.
    package let fields: [PhoneNumberField]
    package let token: any BearerToken

    package init(
        _ phoneNumberID: PhoneNumberID, fields: [PhoneNumberField] = PhoneNumberField.facts, token: some BearerToken
    ) {
        self.phoneNumberID = phoneNumberID
        self.fields = fields
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { phoneNumberID.rawValue }
    package var query: [(String, String)] { fields.fieldsQuery }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { phoneNumberID.rawValue }
}
