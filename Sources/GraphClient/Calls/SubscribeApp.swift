// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{WABA}/subscribed_apps` with an empty body: the app hears of this WABA. Also takes off an existing
/// override, and must come before one. Source: Meta, subscribed_apps.
package struct SubscribeApp: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "subscribe_app"

    package let wabaID: WABAID
    package let token: any BearerToken

    package init(_ wabaID: WABAID, token: some BearerToken) {
        self.wabaID = wabaID
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(wabaID)/subscribed_apps" }
    package var credential: GraphCredential { .bearer(token) }
    package var isRepeatable: Bool { true }
    package var subject: String? { wabaID.rawValue }
}
