// SPDX-License-Identifier: Apache-2.0

/// 48 bits of epoch milliseconds and 74 random bits. Source: RFC 9562, section 5.7.
package struct UUIDv7: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(at now: Timestamp, random: inout some RandomNumberGenerator) {
        let milliseconds = UInt64(max(0, now.milliseconds)) & 0xFFFF_FFFF_FFFF
        high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0x0FFF, using: &random)
        low = 0x8000_0000_0000_0000 | UInt64.random(in: 0...0x3FFF_FFFF_FFFF_FFFF, using: &random)
    }

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// 26 lower-case Crockford base32 characters: 130 bits, the two leading ones zero.
    package var base32: String {
        String(unsafeUninitializedCapacity: 26) { buffer in
            var (high, low) = (high, low)
            for index in stride(from: 25, through: 0, by: -1) {
                buffer[index] = Self.alphabet[Int(low & 31)]
                low = low >> 5 | high << 59
                high >>= 5
            }
            return 26
        }
    }

    package var hyphenated: String {
        let digits = Array((hex(high) + hex(low)).utf8)
        let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
        return groups.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
    }

    private func hex(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    package static func isBase32(_ byte: UInt8) -> Bool { alphabet.contains(byte) }

    /// Any UUID in lower case, whatever its version.
    package static func isHyphenatedUUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return false }
        return parts.allSatisfy { $0.utf8.allSatisfy { isLowerHex($0) } }
    }

    private static func isLowerHex(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
