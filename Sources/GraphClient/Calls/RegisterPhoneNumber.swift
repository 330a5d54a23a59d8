// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{PHONE}/register`: makes the number ready to send. Sets the PIN if none is set, else it must match. Repeatable
/// only with the same PIN and within 10 calls in 72 h, so not marked so. Source: Meta, registration, 2025-11-04.
package struct RegisterPhoneNumber: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "register"

    package let phoneNumberID: PhoneNumberID
    package let pin: RegistrationPIN
    /// ISO country of the data at rest, such as `DE`; changes only by deregistering first.
    package let dataLocalizationRegion: String?
    package let token: any BearerToken

    package init(
        _ phoneNumberID: PhoneNumberID, pin: RegistrationPIN, dataLocalizationRegion: String? = nil,
        token: some BearerToken
    ) {
        self.phoneNumberID = phoneNumberID
        self.pin = pin
        self.dataLocalizationRegion = dataLocalizationRegion
        self.token = token
    }

    private struct Body: Encodable {
        let messaging_product: String
        let pin: String
        let data_localization_region: String?
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(phoneNumberID)/register" }
    package var body: GraphBody {
        .json(
            Body(messaging_product: "whatsapp", pin: pin.secret, data_localization_region: dataLocalizationRegion))
    }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { phoneNumberID.rawValue }
    package var secrets: [String] { [pin.secret] }
}
