// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /oauth/access_token?grant_type=client_credentials`: proves that app id and secret belong together.
/// Source: Meta, access tokens.
package struct FetchAppToken: GraphRequest {
    package typealias Response = TokenAnswer<OtherSecret>
    package static let operation = "app_token"

    package init() {}

    package var method: GraphMethod { .get }
    package var path: String { "oauth/access_token" }
    package var query: [(String, String)] { [("grant_type", "client_credentials")] }
    package var credential: GraphCredential { .clientSecret }
}
