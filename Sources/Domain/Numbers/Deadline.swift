// SPDX-License-Identifier: Apache-2.0

/// A date that somebody should hear of before it passes: told once at each stage.
package struct Deadline: Sendable, Hashable {
    /// How long before the date each stage begins, longest first; zero is the date itself.
    package let stages: [Duration]

    /// A verified number that is not registered. Source: Meta, 14 days.
    package static let registration = Deadline(stages: [.days(3), .days(1), .zero])
    /// A business token that expires. Source: Meta, 60 days.
    package static let token = Deadline(stages: [.days(14), .days(3), .zero])
    /// Contacts and history of the phone app that were not asked for. Source: Meta, 24 hours.
    package static let businessAppSync = Deadline(stages: [.hours(6), .zero])

    /// How many stages have begun: 0 while the date is far.
    package func stage(of due: Timestamp, at now: Timestamp) -> Int {
        stages.count { due - now <= $0 }
    }

    /// Dates later than this are far.
    package func horizon(at now: Timestamp) -> Timestamp { now + (stages.first ?? .zero) }

    /// Whole days that are left, 0 once it has passed.
    package static func daysLeft(until due: Timestamp, at now: Timestamp) -> Int {
        max(0, Int((due - now).milliseconds / Duration.days(1).milliseconds))
    }
}
