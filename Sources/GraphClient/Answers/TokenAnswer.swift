// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `{"access_token", "token_type"?, "expires_in"?}`. Source: Meta, access tokens.
package struct TokenAnswer<Token: SecretText>: Decodable, Sendable {
    package let token: Token
    package let tokenType: String?
    /// Nil when the token does not expire.
    package let expiresIn: Duration?
    /// Nil when Meta gave no moment, or 0 for never.
    package let expiresAt: Timestamp?

    enum CodingKeys: String, CodingKey {
        case token = "access_token"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
        case expiresAt = "expires_at"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let text = try container.decode(String.self, forKey: .token)
        guard !text.isEmpty else {
            throw DecodingError.dataCorruptedError(forKey: .token, in: container, debugDescription: "empty token")
        }
        token = Token(text)
        tokenType = try container.decode(Lenient<String>.self, forKey: .tokenType).wrappedValue
        let lifetime = try container.decode(Lenient<Int>.self, forKey: .expiresIn).wrappedValue
        expiresIn = lifetime.flatMap { $0 > 0 ? .seconds($0) : nil }
        let moment = try container.decode(Lenient<Int>.self, forKey: .expiresAt).wrappedValue
        expiresAt = moment.flatMap { $0 > 0 ? Timestamp(seconds: Int64($0)) : nil }
    }
}
