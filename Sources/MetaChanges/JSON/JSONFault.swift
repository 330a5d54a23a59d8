// SPDX-License-Identifier: Apache-2.0

/// Where a text stops being JSON. Says nothing of the text itself, so that it may be logged.
package struct JSONFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let problem: String
    /// Counted from the first byte of the body.
    package let offset: Int

    init(_ problem: String, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    package var description: String { "\(problem) at byte \(offset)" }
}
