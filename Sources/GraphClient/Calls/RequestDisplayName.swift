// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{PHONE}?new_display_name=…`: starts a name review; its result is the webhook `phone_number_name_update`.
/// Source: Meta, display names.
package struct RequestDisplayName: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "update_phone_number"

    package let phoneNumberID: PhoneNumberID
    package let displayName: String
    package let token: any BearerToken

    package init(_ phoneNumberID: PhoneNumberID, displayName: String, token: some BearerToken) {
        self.phoneNumberID = phoneNumberID
        self.displayName = displayName
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { phoneNumberID.rawValue }
    package var query: [(String, String)] { [("new_display_name", displayName)] }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { phoneNumberID.rawValue }
}
