// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{PHONE}` with `webhook_configuration`: message webhooks of this number go to another address; an empty address
/// takes the override off. Source: Meta, webhooks/override.
package struct OverridePhoneCallback: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "update_phone_number"

    package let phoneNumberID: PhoneNumberID
    package let callbackURI: String
    package let verifyToken: OtherSecret
    package let token: any BearerToken

    package init(
        _ phoneNumberID: PhoneNumberID, callbackURI: String, verifyToken: OtherSecret, token: some BearerToken
    ) {
        self.phoneNumberID = phoneNumberID
        self.callbackURI = callbackURI
        self.verifyToken = verifyToken
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { phoneNumberID.rawValue }
    package var body: GraphBody {
        let value = CallbackOverride(override_callback_uri: callbackURI, verify_token: verifyToken.secret)
        return .json(["webhook_configuration": value])
    }
    package var credential: GraphCredential { .bearer(token) }
    package var isRepeatable: Bool { true }
    package var subject: String? { phoneNumberID.rawValue }
    package var secrets: [String] { [verifyToken.secret] }
}
