// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{customer business}/system_user_access_tokens`, form `appsecret_proof`, `fetch_only=true`: the business token
/// without a code, after hosted signup or a lost exchange. Source: Meta, embedded-signup/hosted-es, 2026-06-28.
package struct FetchBusinessToken: GraphRequest {
    package typealias Response = TokenAnswer<BusinessToken>
    package static let operation = "fetch_business_token"

    package let businessID: BusinessID
    package let token: SystemToken
    /// Only the page on app-only installs names it.
    package let systemUserID: SystemUserID?

    package init(businessID: BusinessID, token: SystemToken, systemUserID: SystemUserID? = nil) {
        self.businessID = businessID
        self.token = token
        self.systemUserID = systemUserID
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(businessID)/system_user_access_tokens" }
    package var body: GraphBody {
        .form([("fetch_only", "true")] + (systemUserID.map { [("system_user_id", $0.rawValue)] } ?? []))
    }
    package var credential: GraphCredential { .bearer(token) }
    package var proof: GraphProof { .always }
    package var isRepeatable: Bool { true }
}
