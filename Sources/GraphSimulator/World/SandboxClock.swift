// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A clock that is set against the machine's: it may be ahead of it, stand still or run at another speed, never back.
struct SandboxClock: Codable, Sendable, Equatable {
    private var machineAnchor: Milliseconds = 0
    private var anchor: Milliseconds = 0
    /// Milliseconds of this clock for one of the machine's; 0 while it stands still.
    private(set) var speed: Double = 1

    static let fastest: Double = 1_000_000

    var now: Milliseconds { now(atMachine: Self.machineNow) }

    /// How far it is ahead of the machine's.
    var offset: Milliseconds {
        let machine = Self.machineNow
        return now(atMachine: machine) - machine
    }

    private func now(atMachine machine: Milliseconds) -> Milliseconds {
        let passed = machine - machineAnchor
        return anchor + (speed == 1 ? passed : Milliseconds(Double(passed) * speed))
    }

    mutating func advance(by step: Milliseconds) { anchor += step }

    mutating func run(atSpeed speed: Double) {
        let machine = Self.machineNow
        anchor = now(atMachine: machine)
        machineAnchor = machine
        self.speed = speed
    }

    /// Milliseconds of the machine until this clock shows `due`; nil when it never will by itself.
    func machineDelay(until due: Milliseconds) -> Milliseconds? {
        let left = due - now
        if left <= 0 { return 0 }
        guard speed > 0 else { return nil }
        return max(1, Milliseconds((Double(left) / speed).rounded(.up)))
    }

    static var machineNow: Milliseconds {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Milliseconds(time.tv_sec) * 1000 + Milliseconds(time.tv_nsec) / 1_000_000
    }

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
