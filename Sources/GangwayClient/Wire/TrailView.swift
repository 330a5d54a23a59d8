// SPDX-License-Identifier: Apache-2.0

package struct CommentView: Codable, Sendable, Hashable {
    package let id: String
    package let actor: String
    package let text: String
    package let at: String
}

/// What Meta sent that the server does not know.
package struct NoveltyView: Codable, Sendable, Hashable {
    package let kind: String
    package let place: String
    package let word: String
    package let count: Int
    package let firstSeenAt: String
    package let lastSeenAt: String

    enum CodingKeys: String, CodingKey {
        case kind
        case place
        case word
        case count
        case firstSeenAt = "first_seen_at"
        case lastSeenAt = "last_seen_at"
    }
}

/// A place in the audit trail.
package struct AuditLinkView: Codable, Sendable, Hashable, CustomStringConvertible {
    package let position: Int
    package let hash: String

    /// As `--head` takes it.
    package var description: String { "\(position):\(hash)" }
}

package struct AuditTrailView: Codable, Sendable, Hashable {
    /// The last entry that was pruned; nil when none was.
    package let begins: AuditLinkView?
    package let head: AuditLinkView?
    package let sealedAt: String?
    package let unsealed: Int

    enum CodingKeys: String, CodingKey {
        case begins
        case head
        case sealedAt = "sealed_at"
        case unsealed
    }
}

/// What a look at a part of the audit trail found.
package struct AuditReportView: Codable, Sendable, Hashable {
    package struct Break: Codable, Sendable, Hashable {
        package let position: Int
        /// `altered`, `missing`, `end`, `beginning` or `witness`.
        package let kind: String
        package let activityID: String?

        enum CodingKeys: String, CodingKey {
            case position
            case kind
            case activityID = "activity_id"
        }
    }

    package let checked: Int
    package let nextAfter: Int?
    package let broken: Break?
    package let trail: AuditTrailView

    enum CodingKeys: String, CodingKey {
        case checked
        case nextAfter = "next_after"
        case broken
        case trail
    }
}
