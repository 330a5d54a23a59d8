// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{WABA}/phone_numbers`: a number outside Embedded Signup, still to be verified. Not repeatable: a second call
/// may make a second number. Source: Meta, business-phone-numbers.
package struct AddPhoneNumber: GraphRequest {
    package typealias Response = GraphCreated<PhoneNumberID>
    package static let operation = "add_phone_number"

    package let wabaID: WABAID
    /// Digits, without `+`.
    package let countryCode: String
    /// Digits, without the country code.
    package let phoneNumber: String
    package let verifiedName: String
    /// It serves at another provider and is to leave it.
    package let migrates: Bool
    package let token: any BearerToken

    package init(
        _ wabaID: WABAID, countryCode: String, phoneNumber: String, verifiedName: String, migrates: Bool = false,
        token: some BearerToken
    ) {
        self.migrates = migrates
        self.wabaID = wabaID
        self.countryCode = countryCode
        self.phoneNumber = phoneNumber
        self.verifiedName = verifiedName
        self.token = token
    }

    private struct Body: Encodable {
        let cc: String
        let phone_number: String
        let verified_name: String
        /// Left out where nothing moves.
        let migrate_phone_number: Bool?
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(wabaID)/phone_numbers" }
    package var body: GraphBody {
        .json(
            Body(
                cc: countryCode, phone_number: phoneNumber, verified_name: verifiedName,
                migrate_phone_number: migrates ? true : nil))
    }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { wabaID.rawValue }
}
