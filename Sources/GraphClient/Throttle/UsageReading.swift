// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `X-App-Usage` and `X-Business-Use-Case-Usage`, percent of the limits. Source: Meta, Graph API rate limiting.
package struct UsageReading: Sendable, Hashable {
    /// Of the app; nil when not said.
    package var appPercent: Int?
    /// By the id Meta prints, of a WABA or a portfolio: the highest of its entries.
    package var percentByKey: [String: Int] = [:]
    /// The longest `estimated_time_to_regain_access`.
    package var minutesToRegainAccess = 0

    package init() {}

    /// Takes header names in lower case; what cannot be read is left out.
    package init(headers: [String: String]) {
        if let entry: Entry = Self.decode(headers["x-app-usage"]) { appPercent = entry.percent }
        guard let keys: Keys = Self.decode(headers["x-business-use-case-usage"]) else { return }
        for (key, entries) in keys.entries {
            for entry in entries {
                percentByKey[key] = max(percentByKey[key] ?? 0, entry.percent)
                minutesToRegainAccess = max(minutesToRegainAccess, min(entry.minutes ?? 0, 7 * 24 * 60))
            }
        }
    }

    /// The highest of all entries: whether a key names this call's WABA is not documented.
    package var highestKeyPercent: Int? { percentByKey.values.max() }

    private struct Entry: GraphObject {
        @Lenient var callCount: Int?
        @Lenient var totalTime: Int?
        @Lenient var totalCPUTime: Int?
        @Lenient var minutes: Int?

        enum CodingKeys: String, CodingKey {
            case callCount = "call_count"
            case totalTime = "total_time"
            case totalCPUTime = "total_cputime"
            case minutes = "estimated_time_to_regain_access"
        }

        var percent: Int { max(callCount ?? 0, totalTime ?? 0, totalCPUTime ?? 0) }
    }

    private struct Keys: Decodable {
        let entries: [String: [Entry]]
        init(from decoder: any Decoder) throws {
            entries = try decoder.singleValueContainer().decode([String: [Entry]].self)
        }
    }

    private static func decode<Value: Decodable>(_ text: String?) -> Value? {
        text.flatMap { try? JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
    }
}
