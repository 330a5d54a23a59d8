// SPDX-License-Identifier: Apache-2.0

/// How many new customers an app may still bring aboard. Source: Meta, Embedded Signup: 10 in rolling 7 days, 200 after
/// business verification and app review.
package struct CustomerBudget: Sendable, Hashable {
    package static let window: Duration = .days(7)
    package static let unverifiedMax = 10
    package static let verifiedMax = 200

    package let max: Int
    package let used: Int
    /// Nil while a new customer is allowed now.
    package let nextAllowedAt: Timestamp?

    /// - arrivals: when the newest customers came, one more than `max` if there are as many, oldest first; those before the
    ///   window do not count.
    package init(max: Int, arrivals: [Timestamp], at now: Timestamp) {
        let counted = arrivals.filter { now - $0 < Self.window }
        self.max = max
        used = counted.count
        nextAllowedAt = counted.count < max || max < 1 ? nil : counted[counted.count - max] + Self.window
    }

    package var left: Int { Swift.max(0, max - used) }
}
