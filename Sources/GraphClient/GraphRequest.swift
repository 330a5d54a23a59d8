// SPDX-License-Identifier: Apache-2.0
package import Domain

/// One call of the Graph API as a value: what Meta documents, and nothing of how it is sent.
package protocol GraphRequest: Sendable {
    associatedtype Response: Decodable & Sendable

    /// The call's name in metrics, errors and the simulator, such as `register`. Never an id.
    static var operation: String { get }
    var method: GraphMethod { get }
    /// Without version and leading slash: `102290129340398/subscribed_apps`.
    var path: String { get }
    var query: [(String, String)] { get }
    var body: GraphBody { get }
    var credential: GraphCredential { get }
    var proof: GraphProof { get }
    /// Whether sending it again cannot do harm. The client itself never sends twice.
    var isRepeatable: Bool { get }
    /// The WABA or phone number that Meta counts this call against; nil for the app alone.
    var subject: String? { get }
    /// Secret values of query or body beyond the credential, kept out of every error.
    var secrets: [String] { get }
}

extension GraphRequest {
    package var query: [(String, String)] { [] }
    package var body: GraphBody { .none }
    package var proof: GraphProof { .asConfigured }
    package var isRepeatable: Bool { method == .get }
    package var subject: String? { nil }
    package var secrets: [String] { [] }
}

package enum GraphMethod: String, Sendable {
    case get = "GET"
    case post = "POST"
    case delete = "DELETE"
}

package enum GraphBody: Sendable {
    case none
    case json(any Encodable & Sendable)
    case form([(String, String)])
    /// Sent byte for byte.
    case raw([UInt8], contentType: String)
}

/// Who a call is made as.
package enum GraphCredential: Sendable {
    case none
    case bearer(any BearerToken)
    /// `{app-id}|{app-secret}`, from the configuration. Source: Meta, app access tokens.
    case appToken
    /// `client_id` and `client_secret` in the query, from the configuration. Source: Meta, oauth/access_token.
    case clientSecret
}

/// When a call carries `appsecret_proof`.
package enum GraphProof: Sendable {
    /// With every bearer token, unless the configuration says otherwise.
    case asConfigured
    /// Meta refuses the call without it.
    case always
    case never
}

/// A token that is sent in `Authorization: Bearer`.
package protocol BearerToken: SecretText {}

extension BusinessToken: BearerToken {}
extension SystemToken: BearerToken {}
