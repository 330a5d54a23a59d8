// SPDX-License-Identifier: Apache-2.0

/// Random values in the shapes Meta prints.
enum Identifiers {
    private static let base64URL = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let alphanumeric = Array(base64URL.prefix(62))

    /// 15 or 16 digits.
    static func object() -> String {
        var machine = SystemRandomNumberGenerator()
        return object(using: &machine)
    }

    static func object(using dice: inout some RandomNumberGenerator) -> String {
        String(100_000_000_000_000 + dice.next() % 1_900_000_000_000_000)
    }

    static func trace() -> String { "A" + text(22) }

    static func token() -> String { "EAA" + text(60, of: alphanumeric) }

    static func code() -> String { "AQ" + text(100) }

    static func text(_ length: Int) -> String { text(length, of: base64URL) }

    private static func text(_ length: Int, of alphabet: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(length)
        var bits: UInt64 = 0
        var left = 0
        for _ in 0..<length {
            if left < 6 {
                bits = UInt64.random(in: .min ... .max)
                left = 64
            }
            out.append(alphabet[Int(bits & 63) % alphabet.count])
            bits >>= 6
            left -= 6
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The id of a message: `wamid.` and base64 that holds the recipient's number.
    static func message(to recipient: String) -> String {
        "wamid.HBgL" + text(recipient.utf8.count * 4 / 3, of: alphanumeric) + "FQIAERgS" + text(24, of: alphanumeric)
            + "AA"
    }
}
