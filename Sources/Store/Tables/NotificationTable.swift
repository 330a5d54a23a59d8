// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// A POST of Meta as it came, claimed for processing.
package struct ClaimedNotification: Sendable {
    package let id: Int64
    package let claim: ClaimID
    package let appID: AppID
    package let receivedAt: Timestamp
    package let body: [UInt8]
}

package struct NotificationTable {
    let tx: StoreTransaction

    /// Processed: fenced by the claim. Returns how many rows were still ours.
    package func finish(_ ids: [Int64], claim: ClaimID) throws -> Int {
        var changed = 0
        for id in ids {
            changed += try tx.sql.execute(
                "DELETE FROM notification WHERE id = ? AND claim_id = ? AND state = 'claimed'",
                [.integer(id), .id(claim)])
        }
        return changed
    }

    /// Cannot be read: kept aside, visibly.
    package func bury(_ id: Int64, claim: ClaimID, error: String) throws {
        try tx.sql.execute(
            """
            UPDATE notification SET state = 'dead', error = ?, claim_id = NULL, claimed_by = NULL, lease_until = NULL
            WHERE id = ? AND claim_id = ? AND state = 'claimed'
            """, [.text(error), .integer(id), .id(claim)])
    }

    /// Returns false when the same change was applied before. Kept 14 days, longer than any retry of Meta's.
    package func isFirst(changeKey: [UInt8]) throws -> Bool {
        try tx.sql.execute(
            "INSERT INTO change_seen (key, seen_at) VALUES (?, ?) ON CONFLICT (key) DO NOTHING",
            [.blob(changeKey), .time(tx.now)]) == 1
    }

    package func pruneSeen(before: Timestamp) throws -> Int {
        try tx.sql.execute(
            "DELETE FROM change_seen WHERE key IN (SELECT key FROM change_seen WHERE seen_at < ? LIMIT 100)",
            [.time(before)])
    }

    /// Frees what `node` holds although it handles nothing now: the database took a claim and the answer was lost.
    package func releaseStrays(of node: NodeID) throws -> Int {
        try tx.sql.execute(
            """
            UPDATE notification SET state = 'ready', claim_id = NULL, claimed_by = NULL, lease_until = NULL
            WHERE claimed_by = ? AND state = 'claimed'
            """, [.id(node)])
    }

    /// Rows by state (`ready`, `claimed`, `dead`), each from an index of its own: the table is as large as the bodies.
    package func counts() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for state in ["ready", "claimed", "dead"] {
            let row = try tx.sql.first("SELECT COUNT(*) AS n FROM notification WHERE state = '\(state)'", [])
            if let count = try row?.int("n"), count > 0 { counts[state] = count }
        }
        return counts
    }
}

extension StoreTransaction {
    package var notifications: NotificationTable { NotificationTable(tx: self) }
}

extension Store {
    /// The intake: returns once the bytes are durable. Many callers share one commit.
    package func appendNotification(app: AppID, lane: NotificationLane, body: [UInt8]) async throws {
        try await database.append(Self.intake, rows: [row(app, lane, body)])
    }

    /// The same for a door that answers even when the disk does not: `done` is called once, with nil when the bytes are
    /// durable, on the engine's thread, which it must not block.
    package func appendNotification(
        app: AppID, lane: NotificationLane, body: [UInt8], done: @escaping @Sendable ((any Error)?) -> Void
    ) {
        database.append(Self.intake, rows: [row(app, lane, body)], done: done)
    }

    private static let intake =
        "INSERT INTO notification (app_id, lane, state, received_at, crashes, body) VALUES (?, ?, 'ready', ?, 0, ?)"

    private func row(_ app: AppID, _ lane: NotificationLane, _ body: [UInt8]) -> [SQLValue] {
        [.text(app.rawValue), .text(lane.rawValue), .integer(clock.now().milliseconds), .blob(body)]
    }

    /// Takes notifications of one lane in order of arrival.
    package func claimNotifications(
        lane: NotificationLane, limit: Int, node: NodeID, lease: Duration
    ) async throws -> [ClaimedNotification] {
        let claim = ClaimID(at: machineClock.now())
        let rows = try await database.claim(
            ClaimStatement(
                table: "notification", set: "state = 'claimed', claim_id = ?, claimed_by = ?, lease_until = ?",
                setParameters: [.id(claim), .id(node), .time(machineClock.now() + lease)],
                eligible: "state = 'ready' AND lane = ?", eligibleParameters: [.name(lane)],
                order: "lane, id", limit: limit, returning: "id, app_id, received_at, body"))
        return try rows.map { row in
            ClaimedNotification(
                id: try row.integer("id"), claim: claim, appID: try row.id("app_id"),
                receivedAt: try row.timestamp("received_at"), body: try row.blob("body"))
        }.sorted { $0.id < $1.id }
    }
}
