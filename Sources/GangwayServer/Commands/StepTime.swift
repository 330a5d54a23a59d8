// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// Times as the API prints them, for people.
enum StepTime {
    /// Whole milliseconds between two RFC 3339 times; nil unless both are there.
    static func milliseconds(from start: String?, to end: String?) -> Int? {
        guard let start = start.flatMap(milliseconds), let end = end.flatMap(milliseconds) else { return nil }
        return end - start
    }

    private static func milliseconds(_ text: String) -> Int? {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return (try? Date(text, strategy: style)).map { Int(($0.timeIntervalSince1970 * 1000).rounded()) }
    }
}
