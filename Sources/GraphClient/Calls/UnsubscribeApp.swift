// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `DELETE /{WABA}/subscribed_apps`: takes off our own app only.
/// Source: Meta, subscribed_apps.
package struct UnsubscribeApp: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "unsubscribe_app"

    package let wabaID: WABAID
    package let token: any BearerToken

    package init(_ wabaID: WABAID, token: some BearerToken) {
        self.wabaID = wabaID
        self.token = token
    }

    package var method: GraphMethod { .delete }
    package var path: String { "\(wabaID)/subscribed_apps" }
    package var credential: GraphCredential { .bearer(token) }
    package var isRepeatable: Bool { true }
    package var subject: String? { wabaID.rawValue }
}
