// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// A length of time as people type it: `90s`, `15m`, `72h`, `14d`, `1d12h`.
struct TimeSpan: ExpressibleByArgument, CustomStringConvertible {
    let seconds: Int

    private static let units: [(letter: Character, seconds: Int)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]

    init(seconds: Int) { self.seconds = seconds }

    init?(argument: String) {
        var total = 0
        var digits = ""
        for letter in argument {
            if ("0"..."9").contains(letter) {
                digits.append(letter)
                continue
            }
            guard let unit = Self.units.first(where: { $0.letter == letter }), let count = Int(digits),
                digits.count < 10
            else { return nil }
            total += count * unit.seconds
            digits = ""
        }
        guard digits.isEmpty, total > 0 else { return nil }
        seconds = total
    }

    var description: String {
        var left = seconds
        var text = ""
        for unit in Self.units where left >= unit.seconds {
            text += "\(left / unit.seconds)\(unit.letter)"
            left %= unit.seconds
        }
        return text.isEmpty ? "0s" : text
    }
}
