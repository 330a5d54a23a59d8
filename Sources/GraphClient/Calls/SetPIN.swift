// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{PHONE}` with `pin`: sets or changes the two-step PIN; no call switches two-step off.
/// Source: Meta, two-step verification.
package struct SetPIN: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "update_phone_number"

    package let phoneNumberID: PhoneNumberID
    package let pin: RegistrationPIN
    package let token: any BearerToken

    package init(_ phoneNumberID: PhoneNumberID, pin: RegistrationPIN, token: some BearerToken) {
        self.phoneNumberID = phoneNumberID
        self.pin = pin
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { phoneNumberID.rawValue }
    package var body: GraphBody { .json(["pin": pin.secret]) }
    package var credential: GraphCredential { .bearer(token) }
    package var isRepeatable: Bool { true }
    package var subject: String? { phoneNumberID.rawValue }
    package var secrets: [String] { [pin.secret] }
}
