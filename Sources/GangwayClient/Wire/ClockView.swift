// SPDX-License-Identifier: Apache-2.0

/// The test world's clock.
package struct ClockView: Codable, Sendable, Hashable {
    package let now: String
    /// How far it is ahead of the machine's.
    package let offsetSeconds: Int

    enum CodingKeys: String, CodingKey {
        case now
        case offsetSeconds = "offset_seconds"
    }
}

struct AdvanceBody: Encodable, Sendable {
    let advanceSeconds: Int

    enum CodingKeys: String, CodingKey {
        case advanceSeconds = "advance_seconds"
    }
}
