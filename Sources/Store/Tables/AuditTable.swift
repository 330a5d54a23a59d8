// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Domain
import SQLEngine

/// The hash chain over all activities. Entries are given their place after their commit, by whoever seals; a chain has one
/// end, and only who knows it can make it longer.
package struct AuditTable {
    /// Somebody else made the chain longer, or what was to be sealed is not there any more.
    struct Overtaken: Error {}

    static let digest: AuditLink.Digest = { Array(SHA256.hash(data: $0)) }
    /// What activities about the trail itself name.
    package static let target = "audit"
    private static let pruned = "audit.pruned"

    let tx: StoreTransaction

    package func state() throws -> AuditTrailState {
        let row = try tx.sql.first("SELECT * FROM audit_chain WHERE id = 1")
        let unsealed = try tx.sql.first("SELECT COUNT(*) AS n FROM activity WHERE chain_position IS NULL")
        return AuditTrailState(
            begins: try row?.link("begins") ?? .genesis, head: try row?.link("head") ?? .genesis,
            sealedAt: try row?.timestamp("sealed_at"), unsealedCount: try unsealed?.int("n") ?? 0)
    }

    /// The trail's beginning and end.
    func ends() throws -> (begins: AuditLink, head: AuditLink) {
        guard let row = try tx.sql.first("SELECT * FROM audit_chain WHERE id = 1") else { return (.genesis, .genesis) }
        return (try row.link("begins"), try row.link("head"))
    }

    /// Checks up to `limit` entries after the position `after`, which a former check found right.
    package func check(after: Int64, limit: Int, witness: AuditLink? = nil) throws -> AuditReport {
        let trail = try state()
        let start = try start(after: max(after, trail.begins.position), in: trail)
        if let broken = AuditCheck.beginning(trail.begins, attested: try attested()) {
            return AuditReport(checked: 0, last: trail.begins, isMore: false, broken: broken, trail: trail)
        }
        guard let start else {
            let broken = AuditBreak(position: after, kind: .missing)
            return AuditReport(checked: 0, last: trail.begins, isMore: false, broken: broken, trail: trail)
        }
        let rows = try tx.sql.query(
            "SELECT * FROM activity WHERE chain_position > ? ORDER BY chain_position LIMIT ?",
            [.integer(start.position), .int(limit)])
        var check = AuditCheck(after: start, witness: witness)
        var broken: AuditBreak?
        for row in rows where broken == nil {
            broken = check.check(AuditEntry(link: try row.link(), activity: try row.activity()), digest: Self.digest)
        }
        let isMore = rows.count == limit && broken == nil
        if !isMore, broken == nil { broken = check.end(at: trail.head) }
        return AuditReport(
            checked: check.last.position - start.position, last: check.last, isMore: isMore, broken: broken,
            trail: trail)
    }

    private func start(after position: Int64, in trail: AuditTrailState) throws -> AuditLink? {
        guard position > trail.begins.position else { return trail.begins }
        return try tx.sql.first(
            "SELECT chain_position, hash FROM activity WHERE chain_position = ?", [.integer(position)])?.link()
    }

    private func attested() throws -> AuditLink? {
        // Several of one millisecond have no order of their own: the farthest counts.
        try tx.sql.query(
            "SELECT detail FROM activity WHERE target = ? AND action = ? ORDER BY at DESC, id DESC LIMIT 100",
            [.text(Self.target), .text(Self.pruned)]
        ).compactMap { try $0.optionalText("detail").flatMap(AuditLink.init(reading:)) }
            .max { $0.position < $1.position }
    }

    /// Oldest first.
    func unsealed(limit: Int) throws -> [Activity] {
        try tx.sql.query("SELECT * FROM activity WHERE chain_position IS NULL ORDER BY id LIMIT ?", [.int(limit)])
            .map { try $0.activity() }
    }

    /// Throws ``Overtaken`` unless the chain still ends at `head`.
    func append(_ entries: [AuditEntry], after head: AuditLink) throws {
        guard let last = entries.last?.link else { return }
        let moved =
            if head == .genesis {
                try tx.sql.execute(
                    """
                    INSERT INTO audit_chain (id, begins_position, begins_hash, head_position, head_hash, sealed_at)
                    VALUES (1, 0, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                    """, [.text(head.hash), .integer(last.position), .text(last.hash), .time(tx.now)])
            } else {
                try tx.sql.execute(
                    """
                    UPDATE audit_chain SET head_position = ?, head_hash = ?, sealed_at = ?
                    WHERE id = 1 AND head_position = ? AND head_hash = ?
                    """,
                    [
                        .integer(last.position), .text(last.hash), .time(tx.now), .integer(head.position),
                        .text(head.hash),
                    ])
            }
        guard moved == 1 else { throw Overtaken() }
        for entry in entries {
            let changed = try tx.sql.execute(
                "UPDATE activity SET chain_position = ?, hash = ? WHERE id = ? AND chain_position IS NULL",
                [.integer(entry.link.position), .text(entry.link.hash), .id(entry.activity.id)])
            guard changed == 1 else { throw Overtaken() }
        }
    }

    /// Deletes up to `limit` sealed activities older than `before` from the trail's beginning, and says so in the trail.
    /// Returns how many.
    package func prune(before: Timestamp, limit: Int) throws -> Int {
        let begins = try ends().begins
        let rows = try tx.sql.query(
            "SELECT id, at, chain_position, hash FROM activity WHERE chain_position > ? ORDER BY chain_position LIMIT ?",
            [.integer(begins.position), .int(limit)])
        var last: AuditLink?
        var deleted = 0
        for row in rows {
            guard try row.timestamp("at") < before else { break }
            deleted += try tx.sql.execute("DELETE FROM activity WHERE id = ?", [.text(try row.text("id"))])
            last = try row.link()
        }
        guard let last else { return 0 }
        try tx.sql.execute(
            "UPDATE audit_chain SET begins_position = ?, begins_hash = ? WHERE id = 1",
            [.integer(last.position), .text(last.hash)])
        try tx.activities.record(
            partner: nil, actor: "system", action: Self.pruned, target: Self.target, detail: last.description)
        return deleted
    }
}

extension SQLRow {
    fileprivate func link() throws(SQLError) -> AuditLink {
        AuditLink(position: try integer("chain_position"), hash: try text("hash"))
    }

    fileprivate func link(_ name: String) throws(SQLError) -> AuditLink {
        AuditLink(position: try integer("\(name)_position"), hash: try text("\(name)_hash"))
    }
}

extension StoreTransaction {
    package var audit: AuditTable { AuditTable(tx: self) }
}

extension Store {
    /// Gives up to `limit` activities their place in the trail. Reads and hashes outside of the transaction that writes, so that
    /// no change ever waits for it or conflicts with it. Returns how many; nil when another node was faster.
    package func sealActivities(
        limit: Int = 100, fence: @escaping @Sendable (StoreTransaction) throws -> Void = { _ in }
    ) async throws -> Int? {
        let (head, waiting) = try await read { tx in (try tx.audit.ends().head, try tx.audit.unsealed(limit: limit)) }
        guard !waiting.isEmpty else { return 0 }
        var last = head
        let entries = waiting.map { activity in
            last = last.next(activity, digest: AuditTable.digest)
            return AuditEntry(link: last, activity: activity)
        }
        do {
            try await write { tx in
                try fence(tx)
                try tx.audit.append(entries, after: head)
            }
            return entries.count
        } catch is AuditTable.Overtaken {
            return nil
        }
    }
}
