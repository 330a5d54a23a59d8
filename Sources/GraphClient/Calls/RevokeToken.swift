// SPDX-License-Identifier: Apache-2.0
import Domain

/// `GET /oauth/revoke?client_id&client_secret&revoke_token&access_token`: ends one token at once.
/// Source: Meta, install-apps-and-generate-tokens (second hand).
package struct RevokeToken: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "revoke_token"

    package let revoked: any BearerToken
    /// A valid token of the same app; may be the revoked one itself.
    package let token: any BearerToken

    package init(revoked: some BearerToken, token: some BearerToken) {
        self.revoked = revoked
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { "oauth/revoke" }
    package var query: [(String, String)] { [("revoke_token", revoked.secret), ("access_token", token.secret)] }
    package var credential: GraphCredential { .clientSecret }
}
