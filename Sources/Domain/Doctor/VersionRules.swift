// SPDX-License-Identifier: Apache-2.0

/// How long what Meta serves is served. Sources: Meta, Graph API changelog, copies of August 2026; embedded-signup/versions.
package enum VersionRules {
    /// A warning comes this long before an end. Source: pitfall P14.
    private static let noticePeriod = Duration.days(90)

    private static let graphEnds: [Int: String] = [
        17: "2025-09-12", 18: "2026-01-26", 19: "2026-05-21", 20: "2026-09-24", 21: "2027-01-21", 22: "2027-05-20",
        23: "2027-10-08", 24: "2028-02-18", 25: "2028-07-29",
    ]
    private static let graphNewest = 26

    private static let signupEnds = [
        "v2": "2026-10-15", "v3": "2026-10-15", "v2-public-preview": "2026-10-15", "v3-public-preview": "2026-10-15",
    ]
    private static let signupOpen: Set<String> = ["v4", "v4-public-preview"]

    /// `major` is 26 of `v26.0`.
    package static func graph(_ major: Int, at now: Timestamp) -> DoctorFinding {
        let name = "Graph API v\(major).0"
        let remedy = "Set graph-version to v\(graphNewest).0 and restart."
        guard let end = graphEnds[major] else {
            if major >= graphNewest { return .ok(.apiVersion, "\(name): no end is announced") }
            return DoctorFinding(.apiVersion, .error, "\(name) has ended", remedy: remedy)
        }
        return finding(.apiVersion, name, end, at: now, remedy: remedy)
    }

    /// `version` as `extras.version` names it.
    package static func signup(_ version: String, at now: Timestamp) -> DoctorFinding {
        let name = "Embedded Signup \(version)"
        let remedy = "Launch v4: products are chosen in the Login for Business configuration."
        if signupOpen.contains(version) { return .ok(.signupVersion, "\(name): no end is announced") }
        guard let end = signupEnds[version] else {
            return DoctorFinding(.signupVersion, .error, "\(name) is not known", remedy: remedy)
        }
        return finding(.signupVersion, name, end, at: now, remedy: remedy)
    }

    private static func finding(
        _ check: DoctorCheck, _ name: String, _ end: String, at now: Timestamp, remedy: String
    ) -> DoctorFinding {
        guard let moment = Timestamp(reading: end + "T00:00:00Z") else { return .ok(check, name) }
        if now >= moment { return DoctorFinding(check, .error, "\(name) ended on \(end)", remedy: remedy) }
        if now >= moment - noticePeriod {
            return DoctorFinding(check, .warning, "\(name) ends on \(end)", remedy: remedy)
        }
        return .ok(check, "\(name) is served until \(end)")
    }
}
