// SPDX-License-Identifier: Apache-2.0

/// Headers that doors read, as text from outside. Pure: fuzzed as they stand.
package enum HeaderValues {
    /// The key behind `Bearer`; nil for any other form. The scheme's case does not count. Source: RFC 9110, section 11.1.
    package static func bearerToken(_ authorization: String) -> String? {
        guard authorization.utf8.count > 7, authorization.prefix(7).lowercased() == "bearer " else { return nil }
        return String(authorization.dropFirst(7).drop { $0 == " " })
    }

    /// Throws `invalidIdempotencyKey` unless it has 1 to 255 visible ASCII characters, in quotes or bare.
    package static func idempotencyKey(_ value: String) throws(RequestFault) -> String {
        var key = Substring(value)
        if key.count >= 2, key.hasPrefix("\""), key.hasSuffix("\"") { key = key.dropFirst().dropLast() }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .invalidIdempotencyKey
        }
        return String(key)
    }
}
