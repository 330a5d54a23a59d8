// SPDX-License-Identifier: Apache-2.0

extension Timestamp {
    /// RFC 3339 (`2026-11-21T08:00:00Z`, with fraction and offset) or Unix seconds; nil for anything else.
    package init?(reading text: String) {
        if !text.isEmpty, text.utf8.count <= 11, text.utf8.allSatisfy({ (48...57).contains($0) }) {
            guard let seconds = Int64(text) else { return nil }
            self.init(seconds: seconds)
            return
        }
        var reader = Reader(bytes: Array(text.utf8))
        guard let milliseconds = reader.moment() else { return nil }
        self.init(milliseconds: milliseconds)
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func moment() -> Int64? {
            guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2),
                take("T") || take("t") || take(" "), let hour = number(2), take(":"), let minute = number(2),
                take(":"), let second = number(2)
            else { return nil }
            guard (1...12).contains(month), (1...days(in: month, of: year)).contains(day), hour < 24, minute < 60,
                second < 60, let fraction = fraction(), let offset = offset(), position == bytes.count
            else { return nil }
            let minutes = Int64(days(year, month, day)) * 1440 + Int64(hour * 60 + minute) - Int64(offset)
            return (minutes * 60 + Int64(second)) * 1000 + fraction
        }

        private mutating func fraction() -> Int64? {
            guard take(".") else { return 0 }
            var digits: [UInt8] = []
            while position < bytes.count, (48...57).contains(bytes[position]) {
                digits.append(bytes[position])
                position += 1
            }
            guard !digits.isEmpty else { return nil }
            return (digits + [48, 48]).prefix(3).reduce(0) { $0 * 10 + Int64($1 - 48) }
        }

        /// In minutes.
        private mutating func offset() -> Int? {
            if take("Z") || take("z") { return 0 }
            let sign = take("+") ? 1 : take("-") ? -1 : 0
            guard sign != 0, let hours = number(2), take(":"), let minutes = number(2), hours < 24, minutes < 60
            else { return nil }
            return sign * (hours * 60 + minutes)
        }

        private mutating func number(_ width: Int) -> Int? {
            guard position + width <= bytes.count else { return nil }
            let digits = bytes[position..<position + width]
            guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
            position += width
            return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(truncatingIfNeeded: character.value) else {
                return false
            }
            position += 1
            return true
        }

        private func days(in month: Int, of year: Int) -> Int {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        }

        /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
        private func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
            let shifted = month <= 2 ? year - 1 : year
            let era = (shifted >= 0 ? shifted : shifted - 399) / 400
            let yearOfEra = shifted - era * 400
            let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
            return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        }
    }
}
