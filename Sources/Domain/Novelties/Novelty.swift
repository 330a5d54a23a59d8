// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Something of Meta's that this version does not know. Stored and shown: never rename.
package enum NoveltyKind: String, Sendable, CaseIterable {
    /// A member of an answer or of a webhook.
    case field
    /// A value of a member whose values Meta documents.
    case value
    /// A webhook field, or an event of one.
    case event
    case errorCode = "error_code"
}

/// What was seen where: `value`, `read_phone_number status`, `HIBERNATING`.
package struct NoveltyKey: Sendable, Hashable {
    package let kind: NoveltyKind
    /// A Graph operation or `webhook FIELD`, and a member's path where there is one.
    package let place: String
    package let word: String

    package init(_ kind: NoveltyKind, _ place: String, _ word: String) {
        self.kind = kind
        self.place = place
        self.word = word
    }
}

package struct Novelty: Sendable, Hashable {
    package let key: NoveltyKey
    package let count: Int
    package let firstSeenAt: Timestamp
    package let lastSeenAt: Timestamp
    /// What it came in, made harmless: JSON, at most ``MetaWatch/sampleMax`` bytes.
    package let sample: String?

    package init(
        key: NoveltyKey, count: Int, firstSeenAt: Timestamp, lastSeenAt: Timestamp, sample: String?
    ) {
        self.key = key
        self.count = count
        self.firstSeenAt = firstSeenAt
        self.lastSeenAt = lastSeenAt
        self.sample = sample
    }
}

/// What a node has seen since it was last written down: bounded, and free for who sees it.
package final class MetaWatch: Sendable {
    package static let sampleMax = 4_096
    private static let keysMax = 500

    package struct Sighting: Sendable, Hashable {
        package var count: Int
        package let sample: String?
    }

    private let seen = Mutex<[NoveltyKey: Sighting]>([:])

    package init() {}

    /// `sample` is made only where the key is new.
    package func note(_ key: NoveltyKey, sample: () -> String?) {
        let isNew = seen.withLock { seen in
            guard seen[key] != nil else { return seen.count < Self.keysMax }
            seen[key]?.count += 1
            return false
        }
        guard isNew else { return }
        let text = sample().flatMap { $0.utf8.count <= Self.sampleMax ? $0 : nil }
        seen.withLock { seen in
            let count = seen[key]?.count ?? 0
            seen[key] = Sighting(count: count + 1, sample: seen[key]?.sample ?? text)
        }
    }

    /// Takes what was seen: whoever cannot write it down gives it back.
    package func drain() -> [NoveltyKey: Sighting] {
        seen.withLock { seen in
            defer { seen = [:] }
            return seen
        }
    }

    package func putBack(_ sightings: [NoveltyKey: Sighting]) {
        seen.withLock { seen in
            for (key, sighting) in sightings {
                let count = seen[key]?.count ?? 0
                seen[key] = Sighting(count: count + sighting.count, sample: sighting.sample ?? seen[key]?.sample)
            }
        }
    }
}
