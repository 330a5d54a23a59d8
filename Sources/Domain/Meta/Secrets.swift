// SPDX-License-Identifier: Apache-2.0

/// A value that no log, error or answer may show: prints as `***` and is not Codable.
package protocol SecretText: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    var secret: String { get }
    init(_ secret: String)
}

extension SecretText {
    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// From `GET /oauth/access_token` or `system_user_access_tokens`: everything about one customer.
package struct BusinessToken: SecretText {
    package let secret: String
    package init(_ secret: String) { self.secret = secret }
}

/// The partner's system user token: credit line, lists, assigned users.
package struct SystemToken: SecretText {
    package let secret: String
    package init(_ secret: String) { self.secret = secret }
}

package struct AppSecret: SecretText {
    package let secret: String
    package init(_ secret: String) { self.secret = secret }
}

/// What Embedded Signup returned: lives 30 s, exchanged once.
package struct SignupCode: SecretText {
    package let secret: String
    package init(_ secret: String) { self.secret = secret }
}

/// The six digits of a number's two-step verification.
package struct RegistrationPIN: SecretText {
    package let secret: String
    package init(_ secret: String) { self.secret = secret }

    package init?(validating text: String) {
        guard text.utf8.count == 6, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        self.init(text)
    }

    /// A random one.
    package static func generated() -> RegistrationPIN {
        let digits = (0..<6).map { _ in String(Int.random(in: 0...9)) }
        return RegistrationPIN(digits.joined())
    }
}

/// Any other sealed text, such as an endpoint's signing secret.
package struct OtherSecret: SecretText {
    package let secret: String
    package init(_ secret: String) { self.secret = secret }
}
