// SPDX-License-Identifier: Apache-2.0
package import Domain

/// Where and as whom one world calls the Graph API.
package struct GraphConfiguration: Sendable {
    /// `https://graph.facebook.com`, or the simulator's address; no version, no trailing slash.
    package let baseURL: String
    package let version: GraphVersion
    package let appID: AppID
    /// Signs `appsecret_proof` and authenticates the OAuth calls.
    package let appSecret: AppSecret
    /// Adds `appsecret_proof` to every call that carries a token. Source: Meta, "Require App Secret".
    package var sendsAppSecretProof = true
    /// For one call as a whole, from the connection to the last byte of the answer.
    package var timeout: Duration = .seconds(20)
    /// For getting a connection, within `timeout`.
    package var connectTimeout: Duration = .seconds(5)
    /// Of one answer's body.
    package var maximumResponseBytes = 4 * 1024 * 1024
    package var connectionsPerHost = 64

    package init(
        baseURL: String = "https://graph.facebook.com", version: GraphVersion = .v26, appID: AppID, appSecret: AppSecret
    ) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.version = version
        self.appID = appID
        self.appSecret = appSecret
    }
}
