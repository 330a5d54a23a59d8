// SPDX-License-Identifier: Apache-2.0

/// An activity with its place in the trail, as it is stored.
package struct AuditEntry: Sendable, Hashable {
    package let link: AuditLink
    package let activity: Activity

    package init(link: AuditLink, activity: Activity) {
        self.link = link
        self.activity = activity
    }
}

/// Where the trail is not what was sealed.
package struct AuditBreak: Sendable, Hashable {
    /// Shown over the API: never renamed.
    package enum Kind: String, Sendable, CaseIterable {
        /// The entry is not the one that was sealed at this position: changed, exchanged or moved.
        case altered
        /// Nothing is at this position.
        case missing
        /// The trail ends elsewhere than it was sealed to.
        case end
        /// The trail begins elsewhere than pruning left it.
        case beginning
        /// The trail is not the one that the caller's link was taken from.
        case witness
    }

    package let position: Int64
    package let kind: Kind
    /// What stands there now.
    package let activityID: ActivityID?

    package init(position: Int64, kind: Kind, activityID: ActivityID? = nil) {
        self.position = position
        self.kind = kind
        self.activityID = activityID
    }
}

/// Walks along the trail and stops at the first place that does not fit.
package struct AuditCheck: Sendable {
    /// The last place that fits.
    package private(set) var last: AuditLink
    private let witness: AuditLink?

    /// `last` is known to be right; `witness` is a link that the caller noted down.
    package init(after last: AuditLink, witness: AuditLink? = nil) {
        self.last = last
        self.witness = witness
    }

    package mutating func check(_ entry: AuditEntry, digest: AuditLink.Digest) -> AuditBreak? {
        let expected = last.next(entry.activity, digest: digest)
        guard entry.link.position == expected.position else {
            return AuditBreak(position: expected.position, kind: .missing)
        }
        guard entry.link == expected else {
            return AuditBreak(position: expected.position, kind: .altered, activityID: entry.activity.id)
        }
        if let witness, witness.position == expected.position, witness != expected {
            return AuditBreak(position: expected.position, kind: .witness, activityID: entry.activity.id)
        }
        last = expected
        return nil
    }

    /// After the last entry: whether the trail ends where it was sealed to.
    package func end(at head: AuditLink) -> AuditBreak? {
        if last.position < head.position { return AuditBreak(position: last.position + 1, kind: .missing) }
        if last != head { return AuditBreak(position: last.position, kind: .end) }
        if let witness, witness.position > head.position {
            return AuditBreak(position: head.position + 1, kind: .witness)
        }
        return nil
    }

    /// Whether the trail begins where pruning says that it left it: `attested` is the newest activity that tells of it.
    package static func beginning(_ begins: AuditLink, attested: AuditLink?) -> AuditBreak? {
        let expected = begins.position == 0 ? AuditLink.genesis : attested
        return begins == expected ? nil : AuditBreak(position: begins.position + 1, kind: .beginning)
    }
}

/// What a look at a part of the trail found.
package struct AuditReport: Sendable, Hashable {
    /// Entries that were looked at and fit.
    package let checked: Int64
    /// The last place that fits.
    package let last: AuditLink
    /// Whether more entries follow `last`.
    package let isMore: Bool
    package let broken: AuditBreak?
    package let trail: AuditTrailState

    package init(checked: Int64, last: AuditLink, isMore: Bool, broken: AuditBreak?, trail: AuditTrailState) {
        self.checked = checked
        self.last = last
        self.isMore = isMore
        self.broken = broken
        self.trail = trail
    }
}

/// From where to where the trail goes.
package struct AuditTrailState: Sendable, Hashable {
    /// The last entry that was pruned; the genesis when none was.
    package let begins: AuditLink
    package let head: AuditLink
    package let sealedAt: Timestamp?
    /// Activities that the sealing job has not come to yet.
    package let unsealedCount: Int

    package init(begins: AuditLink, head: AuditLink, sealedAt: Timestamp?, unsealedCount: Int) {
        self.begins = begins
        self.head = head
        self.sealedAt = sealedAt
        self.unsealedCount = unsealedCount
    }
}
