// SPDX-License-Identifier: Apache-2.0

/// An id that is a plain UUID, as Sinch's clients know theirs.
package protocol UUIDTextID: TextID {}

extension UUIDTextID {
    package init(at now: Timestamp) {
        var random = SystemRandomNumberGenerator()
        self.init(rawValue: UUIDv7(at: now, random: &random).hyphenated)
    }

    /// Text from outside: nil unless it is a hyphenated UUID; letters are lower-cased.
    package init?(validating text: String) {
        let lower = text.lowercased()
        guard UUIDv7.isHyphenatedUUID(lower) else { return nil }
        self.init(rawValue: lower)
    }
}

package struct ProjectID: UUIDTextID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct AccessKeyID: UUIDTextID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// The key that signs access tokens.
package struct TokenKeyID: UUIDTextID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct SenderID: UUIDTextID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct ProjectWebhookID: UUIDTextID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}
