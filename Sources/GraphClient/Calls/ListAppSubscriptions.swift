// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{APP}/subscriptions` as the app. Source: Meta, app/subscriptions.
package struct ListAppSubscriptions: GraphRequest {
    package typealias Response = GraphPage<AppSubscription>
    package static let operation = "app_subscriptions"

    package let appID: AppID

    package init(_ appID: AppID) { self.appID = appID }

    package var method: GraphMethod { .get }
    package var path: String { "\(appID)/subscriptions" }
    package var credential: GraphCredential { .appToken }
}

package struct AppSubscription: GraphObject {
    /// `whatsapp_business_account` for ours.
    @Lenient package var object: String?
    @Lenient package var callbackURL: String?
    @Lenient package var isActive: Bool?
    @Lenient private var fieldEntries: [Field]?

    package var fields: [String] { (fieldEntries ?? []).map(\.name) }

    /// `{"name", "version"}`, in older answers only the name.
    struct Field: LenientlyDecodable, Sendable {
        let name: String

        private struct Object: Decodable { let name: String }

        static func decodeLeniently(from decoder: any Decoder) -> Field? {
            if let object = try? Object(from: decoder) { return Field(name: object.name) }
            return (try? decoder.singleValueContainer().decode(String.self)).map(Field.init(name:))
        }
    }

    enum CodingKeys: String, CodingKey {
        case object
        case callbackURL = "callback_url"
        case isActive = "active"
        case fieldEntries = "fields"
    }
}
