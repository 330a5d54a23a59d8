// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{PHONE}/whatsapp_business_profile?fields=…`: one entry with the fields that are set.
/// Source: Meta, business profiles.
package struct ReadProfile: GraphRequest {
    package typealias Response = GraphPage<BusinessProfile>
    package static let operation = "read_profile"

    package let phoneNumberID: PhoneNumberID
    package let token: any BearerToken

    package init(_ phoneNumberID: PhoneNumberID, token: some BearerToken) {
        self.phoneNumberID = phoneNumberID
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { "\(phoneNumberID)/whatsapp_business_profile" }
    package var query: [(String, String)] {
        [("fields", "about,address,description,email,profile_picture_url,websites,vertical")]
    }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { phoneNumberID.rawValue }
}

package struct BusinessProfile: GraphObject {
    @Lenient package var about: String?
    @Lenient package var address: String?
    @Lenient package var description: String?
    @Lenient package var email: String?
    @Lenient package var profilePictureURL: String?
    @Lenient package var websites: [String]?
    @Lenient package var vertical: String?

    enum CodingKeys: String, CodingKey {
        case about, address, description, email, websites, vertical
        case profilePictureURL = "profile_picture_url"
        case nested = "business_profile"
    }

    /// Flat in the guides, under `business_profile` in Meta's OpenAPI file.
    package init(from decoder: any Decoder) throws {
        let outer = try decoder.container(keyedBy: CodingKeys.self)
        let inner = try? outer.nestedContainer(keyedBy: CodingKeys.self, forKey: .nested)
        let container = inner ?? outer
        _about = try container.decode(Lenient<String>.self, forKey: .about)
        _address = try container.decode(Lenient<String>.self, forKey: .address)
        _description = try container.decode(Lenient<String>.self, forKey: .description)
        _email = try container.decode(Lenient<String>.self, forKey: .email)
        _profilePictureURL = try container.decode(Lenient<String>.self, forKey: .profilePictureURL)
        _websites = try container.decode(Lenient<[String]>.self, forKey: .websites)
        _vertical = try container.decode(Lenient<String>.self, forKey: .vertical)
    }
}
