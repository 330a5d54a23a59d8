// SPDX-License-Identifier: Apache-2.0

/// A Graph API version that is alive in late 2026. Source: Meta, Graph API changelog.
package struct GraphVersion: Sendable, Hashable, CustomStringConvertible {
    /// 26 of `v26.0`.
    package let major: Int

    package static let v26 = GraphVersion(major: 26)
    package static let supportedMajors = 21...26

    private init(major: Int) { self.major = major }

    /// Reads `v26.0`, `26.0` or `26`; nil outside v21.0 to v26.0.
    package init?(_ text: String) {
        var digits = Substring(text)
        if digits.hasPrefix("v") { digits.removeFirst() }
        if digits.hasSuffix(".0") { digits.removeLast(2) }
        guard digits.count == 2, let major = Int(digits), Self.supportedMajors.contains(major) else { return nil }
        self.init(major: major)
    }

    /// As it stands in a path: `v26.0`.
    package var description: String { "v\(major).0" }
}
