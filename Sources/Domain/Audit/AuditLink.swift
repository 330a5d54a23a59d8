// SPDX-License-Identifier: Apache-2.0

/// A place in the audit trail: how many entries there are up to it, and the hash of the last of them. Whoever notes one down
/// can tell later that the trail up to there is still the same.
package struct AuditLink: Sendable, Hashable, CustomStringConvertible {
    package typealias Digest = @Sendable ([UInt8]) -> [UInt8]

    package let position: Int64
    /// SHA-256, lower-case hexadecimal.
    package let hash: String

    package init(position: Int64, hash: String) {
        self.position = position
        self.hash = hash
    }

    /// Before the first entry.
    package static let genesis = AuditLink(position: 0, hash: String(repeating: "0", count: 64))

    /// Text from outside, as `description` prints it; nil unless it has that shape.
    package init?(reading text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let position = Int64(parts[0]), position >= 0, parts[1].utf8.count == 64,
            parts[1].utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        self.init(position: position, hash: String(parts[1]))
    }

    package var description: String { "\(position):\(hash)" }

    /// The link of the entry that follows this one.
    package func next(_ activity: Activity, digest: Digest) -> AuditLink {
        let position = position + 1
        let bytes = digest(Self.canonical(activity, at: position, after: hash))
        let hash = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return AuditLink(position: position, hash: hash)
    }

    /// Every field with its length, so that no two activities have the same bytes; numbers are 8 bytes, highest first.
    /// Never changed: entries that exist were sealed with it.
    static func canonical(_ activity: Activity, at position: Int64, after hash: String) -> [UInt8] {
        var bytes = Array("gangway-audit-1".utf8)
        func add(_ number: Int64) {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
            }
        }
        func add(_ text: String?) {
            guard let text else { return bytes.append(0) }
            bytes.append(1)
            add(Int64(text.utf8.count))
            bytes += text.utf8
        }
        add(hash)
        add(position)
        add(activity.id.rawValue)
        add(activity.partnerID?.rawValue)
        add(activity.actor)
        add(activity.action)
        add(activity.target)
        add(activity.detail)
        add(activity.at.milliseconds)
        return bytes
    }
}
