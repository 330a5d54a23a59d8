// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{WABA}/subscribed_apps`: the apps that hear of this WABA, and their overrides.
/// Source: Meta, subscribed_apps.
package struct ListSubscribedApps: GraphRequest {
    package typealias Response = GraphPage<SubscribedApp>
    package static let operation = "list_subscribed_apps"

    package let wabaID: WABAID
    package let token: any BearerToken

    package init(_ wabaID: WABAID, token: some BearerToken) {
        self.wabaID = wabaID
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { "\(wabaID)/subscribed_apps" }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { wabaID.rawValue }
}

package struct SubscribedApp: GraphObject {
    @Lenient private var app: AppSummary?
    @Lenient package var overrideCallbackURI: String?

    package var appID: AppID? { app?.id }
    package var appName: String? { app?.name }

    struct AppSummary: GraphObject {
        @Lenient var id: AppID?
        @Lenient var name: String?
    }

    enum CodingKeys: String, CodingKey {
        case app = "whatsapp_business_api_data"
        case overrideCallbackURI = "override_callback_uri"
    }
}
