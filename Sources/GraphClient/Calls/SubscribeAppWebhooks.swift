// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{APP}/subscriptions`, form, as the app: where Meta sends the app's webhooks, and which fields. Meta calls the
/// address for its handshake before it answers. Source: Meta, app/subscriptions.
package struct SubscribeAppWebhooks: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "app_subscribe"

    package let appID: AppID
    package let callbackURL: String
    package let verifyToken: OtherSecret
    /// `messages`, `account_update`, …
    package let fields: [String]

    package init(_ appID: AppID, callbackURL: String, verifyToken: OtherSecret, fields: [String]) {
        self.appID = appID
        self.callbackURL = callbackURL
        self.verifyToken = verifyToken
        self.fields = fields
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(appID)/subscriptions" }
    package var body: GraphBody {
        .form([
            ("object", "whatsapp_business_account"), ("callback_url", callbackURL),
            ("verify_token", verifyToken.secret), ("fields", fields.joined(separator: ",")),
        ])
    }
    package var credential: GraphCredential { .appToken }
    package var isRepeatable: Bool { true }
}
