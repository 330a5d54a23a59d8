// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /oauth/access_token?client_id&client_secret&code`: the Embedded Signup code becomes a business token.
/// Once per code, within 30 s of the signup. Source: Meta, embedded-signup/implementation.
package struct ExchangeCode: GraphRequest {
    package typealias Response = TokenAnswer<BusinessToken>
    package static let operation = "exchange_code"

    package let code: SignupCode
    /// Only for codes of a full-page dialog, byte by byte as the dialog had it; codes of the popup have none.
    package let redirectURI: String?

    package init(code: SignupCode, redirectURI: String? = nil) {
        self.code = code
        self.redirectURI = redirectURI
    }

    package var method: GraphMethod { .get }
    package var path: String { "oauth/access_token" }
    package var query: [(String, String)] {
        [("code", code.secret)] + (redirectURI.map { [("redirect_uri", $0)] } ?? [])
    }
    package var credential: GraphCredential { .clientSecret }
    package var isRepeatable: Bool { false }
}
