// SPDX-License-Identifier: Apache-2.0

/// One Graph call of a step and what came of it, without any secret: what a replay needs. Stored as JSON: never rename.
package struct RecordedCall: Sendable, Hashable, Codable {
    /// As the simulator names it.
    package let operation: String
    /// Nil for a success.
    package let error: Failure?

    package struct Failure: Sendable, Hashable, Codable {
        package let reach: GraphError.Reach
        package let httpStatus: Int?
        package let code: Int?
        package let subcode: Int?
        /// Meta's words, secrets taken out.
        package let message: String
        package let details: String?

        package init(_ error: GraphError) {
            reach = error.reach
            httpStatus = error.httpStatus
            code = error.code
            subcode = error.subcode
            message = error.message
            details = error.details
        }
    }

    package init(operation: String, error: GraphError? = nil) {
        self.operation = operation
        self.error = error.map(Failure.init)
    }

    /// More calls of one attempt are not kept.
    package static let callsMax = 50
}
