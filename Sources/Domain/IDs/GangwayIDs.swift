// SPDX-License-Identifier: Apache-2.0

/// An id of ours: a prefix, `_` and a UUIDv7 in lower-case Crockford base32 (26 characters). Sorts by time of creation.
package protocol PrefixedID: TextID {
    static var prefix: String { get }
}

extension PrefixedID {
    /// Mints an id for this moment.
    package init(at now: Timestamp, random: inout some RandomNumberGenerator) {
        self.init(rawValue: "\(Self.prefix)_\(UUIDv7(at: now, random: &random).base32)")
    }

    package init(at now: Timestamp) {
        var random = SystemRandomNumberGenerator()
        self.init(at: now, random: &random)
    }

    /// Text from outside: nil unless it has our prefix and 26 base32 characters.
    package init?(validating text: String) {
        guard text.hasPrefix(Self.prefix + "_") else { return nil }
        let tail = text.utf8.dropFirst(Self.prefix.utf8.count + 1)
        guard tail.count == 26, tail.allSatisfy(UUIDv7.isBase32(_:)) else { return nil }
        self.init(rawValue: text)
    }
}

package struct PartnerID: PrefixedID {
    package static let prefix = "prt"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct APIKeyID: PrefixedID {
    package static let prefix = "key"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct OnboardingID: PrefixedID {
    package static let prefix = "onb"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct EventID: PrefixedID {
    package static let prefix = "evt"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct EndpointID: PrefixedID {
    package static let prefix = "ep"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct DeliveryID: PrefixedID {
    package static let prefix = "dlv"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct ActivityID: PrefixedID {
    package static let prefix = "act"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// One request to bring a business aboard, to be approved by the operator.
package struct ActivationID: PrefixedID {
    package static let prefix = "avn"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// The public name of an account that may ask for an activation: `HX`, ten digits, two letters.
/// Source: Kaleyra, "WhatsApp Registration", Account SID.
package struct AccountSID: TextID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package init(random: inout some RandomNumberGenerator) {
        self.init(rawValue: "HX\(UInt64.random(in: 1_000_000_000...9_999_999_999, using: &random))GW")
    }

    /// Text from outside: nil unless it is 4 to 32 letters and digits.
    package init?(validating text: String) {
        guard (4...32).contains(text.utf8.count) else { return nil }
        guard text.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0 & 0xDF) }) else { return nil }
        self.init(rawValue: text)
    }
}

package struct WorkID: PrefixedID {
    package static let prefix = "wrk"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// Minted anew by each claim; every later write of the claimer names it.
package struct ClaimID: PrefixedID {
    package static let prefix = "clm"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// One running server process.
package struct NodeID: PrefixedID {
    package static let prefix = "node"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// A plain UUID, because Splashify's clients know customers as UUIDs.
package struct CustomerID: TextID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

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
