// SPDX-License-Identifier: Apache-2.0
import Domain

/// `GET /oauth/access_token?grant_type=fb_exchange_token`: a valid token becomes a new one of about 60 days; the old one
/// lives on until its own expiry. An expired token cannot be exchanged. Source: Meta, get-long-lived.
package struct ExtendToken<Token: BearerToken>: GraphRequest {
    package typealias Response = TokenAnswer<Token>
    package static var operation: String { "long_lived_token" }

    package let token: Token
    /// For expiring system user and business tokens. Source: Meta, install-apps-and-generate-tokens.
    package let setsExpiryIn60Days: Bool

    package init(token: Token, setsExpiryIn60Days: Bool = false) {
        self.token = token
        self.setsExpiryIn60Days = setsExpiryIn60Days
    }

    package var method: GraphMethod { .get }
    package var path: String { "oauth/access_token" }
    package var query: [(String, String)] {
        let exchange = [("grant_type", "fb_exchange_token"), ("fb_exchange_token", token.secret)]
        return setsExpiryIn60Days ? exchange + [("set_token_expires_in_60_days", "true")] : exchange
    }
    package var credential: GraphCredential { .clientSecret }
}
