// SPDX-License-Identifier: Apache-2.0
import Domain

/// The end of a business token among the facts of the step that got it, in Unix seconds.
enum TokenExpiry {
    private static let name = "token_expires_at"

    static func facts(_ expiry: Timestamp?) -> [String: String] { expiry.map { [name: String($0.seconds)] } ?? [:] }

    /// Of the newest token; nil when it does not end.
    static func read(from onboarding: Onboarding) -> Timestamp? {
        let fact = onboarding.steps.compactMap { $0.facts[name] }.last
        return fact.flatMap { Int64($0) }.map { Timestamp(seconds: $0) }
    }
}
