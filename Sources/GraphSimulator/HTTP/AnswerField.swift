// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

/// The headers of Graph's answers. Those that repeat are made once: an answer carries eight of them.
enum AnswerField {
    private static let versionName = name("facebook-api-version")
    private static let traceName = name("x-fb-trace-id")
    private static let requestName = name("x-fb-request-id")
    private static let businessUsageName = name("X-Business-Use-Case-Usage")

    static let anyOrigin = HTTPField(name: .accessControlAllowOrigin, value: "*")
    static let notStored = HTTPField(name: .cacheControl, value: "no-store")
    static let notCached = HTTPField(name: name("Pragma"), value: "no-cache")
    /// By percent.
    static let appUsage = (0...100).map { percent in
        HTTPField(
            name: name("X-App-Usage"),
            value: #"{"call_count":\#(percent),"total_time":\#(percent / 2),"total_cputime":\#(percent / 2)}"#)
    }
    private static let versions = Dictionary(
        uniqueKeysWithValues: (GraphCall.oldestVersion...GraphCall.newestVersion).map {
            ("v\($0).0", HTTPField(name: versionName, value: "v\($0).0"))
        })
    /// What follows the id while calls are let through, by percent.
    private static let freeUsage = (0...100).map { ending(percent: $0, minutes: 0) }

    static func version(_ version: String) -> HTTPField {
        versions[version] ?? HTTPField(name: versionName, value: version)
    }

    static func trace(_ id: String) -> HTTPField { HTTPField(name: traceName, value: id) }

    static func request(_ id: String) -> HTTPField { HTTPField(name: requestName, value: id) }

    static func businessUsage(_ usage: UsageCounters.Reading) -> HTTPField {
        let isFree = usage.minutesToRegain == 0 && freeUsage.indices.contains(usage.percent)
        let rest =
            isFree ? freeUsage[usage.percent] : ending(percent: usage.percent, minutes: usage.minutesToRegain)
        return HTTPField(name: businessUsageName, value: "{\"" + usage.id + rest)
    }

    private static func ending(percent: Int, minutes: Int) -> String {
        #"":[{"type":"whatsapp","call_count":\#(percent),"total_cputime":\#(percent / 2),"#
            + #""total_time":\#(percent / 2),"estimated_time_to_regain_access":\#(minutes)}]}"#
    }

    /// Every name here is a token of RFC 9110.
    private static func name(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .via }
}
