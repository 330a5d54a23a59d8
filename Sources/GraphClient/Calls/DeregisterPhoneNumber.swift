// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{PHONE}/deregister`: counts with `register` against 10 in 72 h; refused for coexistence numbers.
/// Source: Meta, registration.
package struct DeregisterPhoneNumber: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "deregister"

    package let phoneNumberID: PhoneNumberID
    package let token: any BearerToken

    package init(_ phoneNumberID: PhoneNumberID, token: some BearerToken) {
        self.phoneNumberID = phoneNumberID
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(phoneNumberID)/deregister" }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { phoneNumberID.rawValue }
}
