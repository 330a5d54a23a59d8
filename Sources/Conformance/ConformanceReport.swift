// SPDX-License-Identifier: Apache-2.0

/// What came of the cases.
package struct ConformanceReport: Sendable, Encodable {
    package struct Line: Sendable, Encodable {
        /// Shown: never rename.
        package enum Result: String, Sendable, Encodable {
            case agrees
            case differs
            case skipped
        }

        package let id: String
        package let source: String
        package let result: Result
        /// HTTP status of the answer.
        package let status: Int?
        /// What differs, or why it was skipped.
        package let notes: [String]
        /// Members beside the documented ones: documents announce that new ones may come.
        package let additions: [String]

        enum CodingKeys: String, CodingKey {
            case id
            case source
            case result
            case status
            case notes
            case additions = "additional_members"
        }
    }

    package let dialect: String
    package let baseURL: String
    package let lines: [Line]

    enum CodingKeys: String, CodingKey {
        case dialect
        case baseURL = "base_url"
        case lines = "cases"
    }

    package func count(_ result: Line.Result) -> Int { lines.filter { $0.result == result }.count }

    /// Whether anything was compared, and all of it agrees.
    package var isGood: Bool { count(.differs) == 0 && count(.agrees) > 0 }
}
