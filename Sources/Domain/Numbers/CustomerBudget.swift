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

    /// Four fifths are used: time to speak with Meta, before a signup is refused.
    package var isTight: Bool { used * 5 >= max * 4 }

    /// What somebody is told who is about to bring a customer; nil while there is room. It names no numbers: other partners'
    /// customers count as well.
    package var warning: PlanWarning? {
        if let nextAllowedAt {
            return PlanWarning(
                kind: .customerBudgetExhausted, allowedAt: nextAllowedAt,
                remedy: Remedy(
                    actor: .operator,
                    text: "Meta lets no new customer sign up with this app before \(nextAllowedAt). Let new customers "
                        + "sign up later, or have Meta raise the app's limit."))
        }
        guard isTight else { return nil }
        return PlanWarning(
            kind: .customerBudgetLow, allowedAt: nil,
            remedy: Remedy(
                actor: .operator,
                text: "Few new customers are left of those that Meta lets sign up with this app in 7 days. Spread the "
                    + "signups, or have Meta raise the app's limit."))
    }
}
