// SPDX-License-Identifier: Apache-2.0

/// How many calls of one kind a number has left before Meta locks it.
/// Source: Meta, registration: 10 requests per number in 72 hours; the eleventh locks the number for 72 more.
package struct NumberBudget: Sendable, Hashable {
    /// Shown: never rename.
    package enum Kind: String, Sendable, CaseIterable {
        /// `register` and `deregister` together.
        case registration
        case codeRequest = "code_request"
    }

    package static let callsMax = 10
    package static let window: Duration = .hours(72)

    package let kind: Kind
    /// Calls within the window.
    package let used: Int
    /// Nil while a call is allowed now.
    package let nextAllowedAt: Timestamp?

    /// - Parameters:
    ///   - calls: when calls were made, oldest first; those before the window do not count.
    ///   - lockedUntil: what Meta's own lock left behind.
    package init(_ kind: Kind, calls: [Timestamp], lockedUntil: Timestamp?, at now: Timestamp) {
        self.kind = kind
        let counted = calls.filter { now - $0 < Self.window }
        used = counted.count
        let regained = counted.count < Self.callsMax ? nil : counted[counted.count - Self.callsMax] + Self.window
        let lock = lockedUntil.flatMap { $0 > now ? $0 : nil }
        nextAllowedAt = [regained, lock].compactMap(\.self).max()
    }

    package var left: Int { nextAllowedAt == nil ? max(0, Self.callsMax - used) : 0 }

    /// What stands for Meta's refusal where a call is held back.
    package var refusal: NumberRefusal? {
        guard let nextAllowedAt else { return nil }
        switch kind {
        case .registration:
            return NumberRefusal(
                .tooManyRegistrations, nextAllowedAt: nextAllowedAt,
                error: Self.heldBack(
                    "register", code: 133_016,
                    "(#133016) Account register deregister attempts are used up; allowed again at \(nextAllowedAt)"))
        case .codeRequest:
            return NumberRefusal(
                .tooManyCodeRequests, nextAllowedAt: nextAllowedAt,
                error: Self.heldBack(
                    "request_code", code: nil, "Code requests are used up; allowed again at \(nextAllowedAt)"))
        }
    }

    private static func heldBack(_ operation: String, code: Int?, _ message: String) -> GraphError {
        GraphError(
            class: .wait, reach: .notSent, operation: operation, httpStatus: 400, code: code, message: message)
    }
}
