// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{PHONE}/whatsapp_business_profile`: writes the fields that are not nil. Source: Meta, business profiles.
package struct UpdateProfile: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "update_profile"

    package let phoneNumberID: PhoneNumberID
    package let changes: Changes
    package let token: any BearerToken

    package init(_ phoneNumberID: PhoneNumberID, changes: Changes, token: some BearerToken) {
        self.phoneNumberID = phoneNumberID
        self.changes = changes
        self.token = token
    }

    package struct Changes: Encodable, Sendable, Hashable {
        /// 1 to 139 characters.
        package var about: String?
        /// Up to 256 characters.
        package var address: String?
        /// Up to 512 characters.
        package var description: String?
        package var email: String?
        /// At most two.
        package var websites: [String]?
        /// `RETAIL`, `EDU`, …
        package var vertical: String?
        package var profilePictureHandle: String?
        private let messagingProduct = "whatsapp"

        package init() {}

        enum CodingKeys: String, CodingKey {
            case about, address, description, email, websites, vertical
            case profilePictureHandle = "profile_picture_handle"
            case messagingProduct = "messaging_product"
        }
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(phoneNumberID)/whatsapp_business_profile" }
    package var body: GraphBody { .json(changes) }
    package var credential: GraphCredential { .bearer(token) }
    package var isRepeatable: Bool { true }
    package var subject: String? { phoneNumberID.rawValue }
}
