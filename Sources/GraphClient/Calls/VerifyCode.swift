// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{PHONE}/verify_code?code=…`: digits without a hyphen. Source: Meta, verify phone numbers.
package struct VerifyCode: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "verify_code"

    package let phoneNumberID: PhoneNumberID
    package let code: OtherSecret
    package let token: any BearerToken

    package init(_ phoneNumberID: PhoneNumberID, code: OtherSecret, token: some BearerToken) {
        self.phoneNumberID = phoneNumberID
        self.code = code
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(phoneNumberID)/verify_code" }
    package var query: [(String, String)] { [("code", code.secret)] }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { phoneNumberID.rawValue }
}
