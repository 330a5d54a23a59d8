// SPDX-License-Identifier: Apache-2.0
package import Domain

/// What a receiver asks for with `retry-after`. Source: RFC 9110, section 10.2.3.
package enum RetryAfter: Hashable, Sendable {
    case seconds(Int64)
    case date(Timestamp)

    /// Reads seconds and the preferred date form (`Sun, 06 Nov 1994 08:49:37 GMT`); nil for anything else.
    package init?(_ header: String) {
        let text = header.filter { $0 != "\t" }
        let words = text.split(separator: " ")
        if words.count == 1, words[0].utf8.count <= 9, words[0].utf8.allSatisfy({ (48...57).contains($0) }),
            let seconds = Int64(words[0])
        {
            self = .seconds(seconds)
        } else if let date = Self.date(words) {
            self = .date(date)
        } else {
            return nil
        }
    }

    /// How long to wait from `now`; a date in the past is no wait.
    package func wait(from now: Timestamp) -> Duration {
        switch self {
        case .seconds(let seconds): .seconds(seconds)
        case .date(let date): max(.zero, date - now)
        }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func date(_ words: [Substring]) -> Timestamp? {
        guard words.count == 6, words[0].count == 4, words[0].hasSuffix(","), words[5] == "GMT",
            let day = number(words[1], digits: 2, in: 1...31), let month = months.firstIndex(of: String(words[2])),
            let year = number(words[3], digits: 4, in: 1970...9999)
        else { return nil }
        let time = words[4].split(separator: ":", omittingEmptySubsequences: false)
        guard time.count == 3, let hour = number(time[0], digits: 2, in: 0...23),
            let minute = number(time[1], digits: 2, in: 0...59), let second = number(time[2], digits: 2, in: 0...60)
        else { return nil }
        let days = daysSinceEpoch(year: year, month: month + 1, day: day)
        return Timestamp(seconds: Int64(days * 86_400 + hour * 3600 + minute * 60 + second))
    }

    private static func number(_ text: Substring, digits: Int, in range: ClosedRange<Int>) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text) else {
            return nil
        }
        return range.contains(number) ? number : nil
    }

    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil, for years after 1600.
    private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return shifted / 400 * 146_097 + dayOfEra - 719_468
    }
}
