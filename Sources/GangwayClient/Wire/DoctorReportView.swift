// SPDX-License-Identifier: Apache-2.0

/// What the preflight found.
package struct DoctorReportView: Codable, Sendable, Hashable {
    package struct Finding: Codable, Sendable, Hashable {
        package let check: String
        /// `ok`, `note`, `warning` or `error`.
        package let severity: String
        package let appID: String?
        package let text: String
        package let remedy: String?
        package let source: String

        enum CodingKeys: String, CodingKey {
            case check
            case severity
            case appID = "app_id"
            case text
            case remedy
            case source
        }
    }

    /// The worst severity.
    package let status: String
    package let findings: [Finding]
}
