// SPDX-License-Identifier: Apache-2.0

/// What Meta answered, or that it did not: enough to decide, to show and to report. Never holds a secret.
package struct GraphError: Error, Sendable, Hashable, Codable {
    /// What to do about it. From the table of `GraphErrorTable`, never from the HTTP status alone.
    package enum Class: String, Sendable, Codable {
        /// Back off and repeat reads and repeatable writes.
        case transient
        /// Repeat once the time Meta names (or a default) has passed.
        case wait
        /// No repeat can help.
        case permanent
        /// No repeat helps until somebody changes something (a new code, a PIN, a permission).
        case needsPerson = "needs_person"
    }

    /// How far the request came. `unknown` means that its effect may have happened.
    package enum Reach: String, Sendable, Codable {
        /// Nothing was sent.
        case notSent = "not_sent"
        /// Sent, and no complete answer came back.
        case unknown
        /// Meta answered.
        case answered
    }

    package let `class`: Class
    package let reach: Reach
    /// The Graph operation, such as `register`; a metric label, so never an id.
    package let operation: String
    package let httpStatus: Int?
    package let code: Int?
    package let subcode: Int?
    package let message: String
    package let details: String?
    package let traceID: String?
    /// How long Meta asks to wait.
    package let retryAfter: Duration?
    /// The whole body with Meta's `error`, secrets taken out; only of calls that were handed on for a partner.
    package var envelope: String?

    package init(
        class: Class, reach: Reach, operation: String, httpStatus: Int? = nil, code: Int? = nil, subcode: Int? = nil,
        message: String, details: String? = nil, traceID: String? = nil, retryAfter: Duration? = nil
    ) {
        self.class = `class`
        self.reach = reach
        self.operation = operation
        self.httpStatus = httpStatus
        self.code = code
        self.subcode = subcode
        self.message = message
        self.details = details
        self.traceID = traceID
        self.retryAfter = retryAfter
    }

    /// Meta's answer for an id that is foreign, wrong or not shared yet. Source: Meta, error 100 subcode 33.
    package var isObjectNotVisible: Bool { code == 100 && subcode == 33 }

    /// Whether the effect may have happened although no success was seen: no answer, or a 5xx of unknown origin.
    package var mayHaveHappened: Bool {
        switch reach {
        case .notSent: false
        case .unknown: true
        case .answered: (httpStatus ?? 0) >= 500
        }
    }
}
