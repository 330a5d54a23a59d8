// SPDX-License-Identifier: Apache-2.0
package import Domain

/// When a delivery is tried again. Source: Standard Webhooks 1.0.0, "Retry schedule": ten attempts over 75 h 35 m.
package struct RetrySchedule: Hashable, Sendable {
    package static let standard = RetrySchedule(delays: [
        .seconds(5), .minutes(5), .minutes(30), .hours(2), .hours(5), .hours(10), .hours(14), .hours(20), .hours(24),
    ])

    /// No receiver may push an attempt further away than this.
    package static let retryAfterMax = Duration.hours(24)

    /// Between one attempt and the next; the first attempt is made at once.
    package let delays: [Duration]

    package init(delays: [Duration]) { self.delays = delays }

    package var attemptsMax: Int { delays.count + 1 }

    /// How long to wait after a failed attempt, spread by 20 % to both sides; nil when it was the last.
    ///
    /// A receiver's `retryAfter` counts from `now`, and within [planned, min(2 × planned, 24 h)].
    ///
    /// - Parameter attempt: counted from 1.
    package func delay(
        afterAttempt attempt: Int, retryAfter: RetryAfter? = nil, now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) -> Duration? {
        guard attempt >= 1, attempt <= delays.count else { return nil }
        let percent = Int64.random(in: -20_000...20_000, using: &random)
        let base = delays[attempt - 1].milliseconds
        let planned = Duration.milliseconds(base + base * percent / 100_000)
        guard let asked = retryAfter?.wait(from: now) else { return planned }
        let latest = max(planned, min(planned * 2, Self.retryAfterMax))
        return min(max(asked, planned), latest)
    }
}
