// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{PHONE}/request_code?code_method&language`: Meta sends or speaks a code to the number. 136024 means that it is
/// verified already. Source: Meta, verify phone numbers.
package struct RequestVerificationCode: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "request_code"

    package let phoneNumberID: PhoneNumberID
    package let codeMethod: Method
    package let language: String
    package let token: any BearerToken

    package init(
        _ phoneNumberID: PhoneNumberID, codeMethod: Method, language: String = "en_US", token: some BearerToken
    ) {
        self.phoneNumberID = phoneNumberID
        self.codeMethod = codeMethod
        self.language = language
        self.token = token
    }

    package enum Method: String, Sendable {
        case sms = "SMS"
        case voice = "VOICE"
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(phoneNumberID)/request_code" }
    package var query: [(String, String)] { [("code_method", codeMethod.rawValue), ("language", language)] }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { phoneNumberID.rawValue }
}
