// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{WABA}?is_enabled_for_insights=true`: template analytics, for good. Errors 200005 and 200006.
/// Source: Meta, analytics.
package struct EnableTemplateAnalytics: GraphRequest {
    package typealias Response = GraphCreated<WABAID>
    package static let operation = "update_waba"

    package let wabaID: WABAID
    package let token: any BearerToken

    package init(_ wabaID: WABAID, token: some BearerToken) {
        self.wabaID = wabaID
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { wabaID.rawValue }
    package var query: [(String, String)] { [("is_enabled_for_insights", "true")] }
    package var credential: GraphCredential { .bearer(token) }
    package var isRepeatable: Bool { true }
    package var subject: String? { wabaID.rawValue }
}
