// SPDX-License-Identifier: Apache-2.0

/// Random values that follow from a seed alone, the same on every machine.
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (SplitMix64).
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private(set) var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to, and not including, 1.
    mutating func nextFraction() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// One of them; `values` must not be empty.
    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(next() % UInt64(values.count))] }

    mutating func isHit(percent: Int) -> Bool { next() % 100 < UInt64(percent) }

    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }
}

/// Chance of a world: seeded where the same shall happen each time, else the machine's.
enum Dice: RandomNumberGenerator, Sendable {
    case seeded(SeededGenerator)
    case machine

    mutating func next() -> UInt64 {
        switch self {
        case .machine: return UInt64.random(in: .min ... .max)
        case .seeded(var generator):
            defer { self = .seeded(generator) }
            return generator.next()
        }
    }
}
