// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The machine's clock and an offset that only grows: days pass when someone says so.
struct SandboxClock: Sendable {
    var offset: Milliseconds = 0

    var now: Milliseconds { Self.machineNow + offset }

    static var machineNow: Milliseconds { Milliseconds(Date().timeIntervalSince1970 * 1000) }

    /// `2026-08-22T19:05:53+0000`, as Graph prints times.
    static func graphTime(_ milliseconds: Milliseconds) -> String { text(milliseconds, zone: "+0000") }

    static func text(_ milliseconds: Milliseconds, zone: String = "Z") -> String {
        let seconds = milliseconds / 1000
        let day = seconds / 86400
        let (year, month, dayOfMonth) = civil(day)
        let time = seconds % 86400
        func pad(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return
            "\(year)-\(pad(month))-\(pad(dayOfMonth))T\(pad(time / 3600)):\(pad(time % 3600 / 60)):\(pad(time % 60))\(zone)"
    }

    /// Days since 1970 to a date of the Gregorian calendar, counted in years that begin in March.
    private static func civil(_ day: Int64) -> (Int64, Int64, Int64) {
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
