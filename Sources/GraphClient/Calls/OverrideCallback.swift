// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{WABA}/subscribed_apps` with `override_callback_uri`, `verify_token`: message webhooks of this WABA go to
/// another address. Meta checks that address by its handshake first, and the app must be subscribed already.
/// Source: Meta, webhooks/override; chatwoot#12488.
package struct OverrideCallback: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "subscribe_app"

    package let wabaID: WABAID
    /// `https`, at most 200 characters.
    package let callbackURI: String
    package let verifyToken: OtherSecret
    package let token: any BearerToken

    package init(_ wabaID: WABAID, callbackURI: String, verifyToken: OtherSecret, token: some BearerToken) {
        self.wabaID = wabaID
        self.callbackURI = callbackURI
        self.verifyToken = verifyToken
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(wabaID)/subscribed_apps" }
    package var body: GraphBody {
        .json(CallbackOverride(override_callback_uri: callbackURI, verify_token: verifyToken.secret))
    }
    package var credential: GraphCredential { .bearer(token) }
    package var isRepeatable: Bool { true }
    package var subject: String? { wabaID.rawValue }
    package var secrets: [String] { [verifyToken.secret] }
}

/// Wire names of an override, on WABAs and numbers alike.
struct CallbackOverride: Encodable, Sendable {
    let override_callback_uri: String
    let verify_token: String
}
