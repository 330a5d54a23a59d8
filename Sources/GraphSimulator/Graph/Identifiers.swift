// SPDX-License-Identifier: Apache-2.0
import Synchronization

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

    /// Of an answer, to ask for it again.
    static func trace() -> String { "A" + mark(22) }

    /// What no right hangs on: five system calls for each answer's marks would cost more than a read of a node.
    static func mark(_ length: Int) -> String { text(length, of: base64URL, from: QuickChance()) }

    static func token() -> String { "EAA" + text(60, of: alphanumeric) }

    static func code() -> String { "AQ" + text(100) }

    static func text(_ length: Int) -> String { text(length, of: base64URL) }

    private static func text(_ length: Int, of alphabet: [UInt8]) -> String {
        text(length, of: alphabet, from: SystemRandomNumberGenerator())
    }

    private static func text(
        _ length: Int, of alphabet: [UInt8], from chance: some RandomNumberGenerator
    ) -> String {
        var chance = chance
        return String(unsafeUninitializedCapacity: length) { out in
            var bits: UInt64 = 0
            var left = 0
            for index in 0..<length {
                if left < 6 {
                    bits = chance.next()
                    left = 64
                }
                let letter = Int(bits & 63)
                out[index] = alphabet[letter < alphabet.count ? letter : letter - alphabet.count]
                bits >>= 6
                left -= 6
            }
            return length
        }
    }

    /// The id of a message: `wamid.` and base64 that holds the recipient's number.
    static func message(to recipient: String) -> String {
        "wamid.HBgL" + text(recipient.utf8.count * 4 / 3, of: alphanumeric) + "FQIAERgS" + text(24, of: alphanumeric)
            + "AA"
    }
}

/// SplitMix64 over one counter of the process: not for secrets.
private struct QuickChance: RandomNumberGenerator {
    private static let counter = Atomic(UInt64.random(in: .min ... .max))

    mutating func next() -> UInt64 {
        var generator = SeededGenerator(seed: Self.counter.wrappingAdd(1, ordering: .relaxed).oldValue)
        return generator.next()
    }
}
