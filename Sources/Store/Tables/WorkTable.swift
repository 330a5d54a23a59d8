// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// Work that a node has taken: every later write names the claim and must touch one row.
package struct ClaimedWork: Sendable, Hashable {
    package let id: WorkID
    package let kind: String
    /// What the work is about, unique within its kind: an onboarding's id, say.
    package let key: String
    package let claim: ClaimID
    /// How many nodes died or lost their lease while holding it.
    package let crashes: Int
    package let progress: String?

    package init(id: WorkID, kind: String, key: String, claim: ClaimID, crashes: Int, progress: String?) {
        self.id = id
        self.kind = kind
        self.key = key
        self.claim = claim
        self.crashes = crashes
        self.progress = progress
    }
}

/// The claim is no longer ours: whatever was done after losing it must not be written.
package struct LostClaim: Error, Sendable {
    package init() {}
}

package struct WorkTable {
    let tx: StoreTransaction

    /// Due at `dueAt`. Work that exists already is made due no later than that.
    package func enqueue(kind: String, key: String, dueAt: Timestamp) throws {
        let changed = try tx.sql.execute(
            """
            INSERT INTO work_item (id, kind, key, state, due_at, woken, crashes, created_at)
            VALUES (?, ?, ?, 'ready', ?, 0, 0, ?)
            ON CONFLICT (kind, key) DO UPDATE SET woken = 1,
                due_at = CASE WHEN work_item.due_at < excluded.due_at THEN work_item.due_at ELSE excluded.due_at END
            """, [.id(WorkID(at: tx.now)), .text(kind), .text(key), .time(dueAt), .time(tx.now)])
        if changed > 0 { try tx.sql.notify(WakeUp.work) }
    }

    /// Born already claimed by `node`: no other node can take it, and this one need not look for it.
    package func insertClaimed(kind: String, key: String, node: NodeID, lease: Duration) throws -> ClaimedWork {
        let work = ClaimedWork(
            id: WorkID(at: tx.now), kind: kind, key: key, claim: ClaimID(at: tx.now), crashes: 0, progress: nil)
        try tx.sql.execute(
            """
            INSERT INTO work_item (id, kind, key, state, due_at, woken, claim_id, claimed_by, lease_until, crashes, created_at)
            VALUES (?, ?, ?, 'claimed', ?, 0, ?, ?, ?, 0, ?)
            """,
            [
                .id(work.id), .text(kind), .text(key), .time(tx.now), .id(work.claim), .id(node),
                .time(tx.machineNow + lease), .time(tx.now),
            ])
        return work
    }

    /// Makes waiting work due now; work that is being done is looked at once more afterwards.
    package func wake(kind: String, key: String) throws {
        let changed = try tx.sql.execute(
            "UPDATE work_item SET woken = 1, due_at = ? WHERE kind = ? AND key = ?",
            [.time(tx.now), .text(kind), .text(key)])
        if changed > 0 { try tx.sql.notify(WakeUp.work) }
    }

    /// Proves, inside the transaction that is about to write results, that the claim still holds.
    package func fence(_ work: ClaimedWork) throws {
        let changed = try tx.sql.execute(
            "UPDATE work_item SET woken = woken WHERE id = ? AND claim_id = ? AND state = 'claimed'",
            [.id(work.id), .id(work.claim)])
        guard changed == 1 else { throw LostClaim() }
    }

    /// It made progress: only crashes without any count against it.
    package func forgetCrashes(of work: ClaimedWork) throws {
        try tx.sql.execute(
            "UPDATE work_item SET crashes = 0 WHERE id = ? AND claim_id = ? AND state = 'claimed'",
            [.id(work.id), .id(work.claim)])
    }

    /// Nothing is left to do. If it was woken meanwhile it stays, due now.
    package func finish(_ work: ClaimedWork) throws {
        let deleted = try tx.sql.execute(
            "DELETE FROM work_item WHERE id = ? AND claim_id = ? AND state = 'claimed' AND woken = 0",
            [.id(work.id), .id(work.claim)])
        if deleted == 0 { try putBack(work, dueAt: tx.now, progress: work.progress, crashes: 0) }
    }

    /// Back in the queue for `dueAt`, or for now if it was woken meanwhile. Forgets past crashes: it made progress.
    package func reschedule(_ work: ClaimedWork, dueAt: Timestamp, progress: String? = nil) throws {
        try putBack(work, dueAt: dueAt, progress: progress, crashes: 0)
    }

    /// Its handler threw: back for `dueAt`, counted like a crash, so that work that always throws is given up.
    package func fail(_ work: ClaimedWork, dueAt: Timestamp) throws {
        try putBack(work, dueAt: dueAt, progress: work.progress, crashes: work.crashes + 1)
    }

    /// Given back unchanged at shutdown: no crash is counted.
    package func release(_ work: ClaimedWork) throws {
        try putBack(work, dueAt: tx.now, progress: work.progress, crashes: work.crashes)
    }

    private func putBack(_ work: ClaimedWork, dueAt: Timestamp, progress: String?, crashes: Int) throws {
        let row = try tx.sql.first(
            """
            UPDATE work_item SET state = 'ready', due_at = CASE WHEN woken = 1 THEN CAST(? AS BIGINT) ELSE ? END, woken = 0,
                claim_id = NULL, claimed_by = NULL, lease_until = NULL, progress = ?, crashes = ?
            WHERE id = ? AND claim_id = ? AND state = 'claimed' RETURNING due_at
            """,
            [
                .time(min(dueAt, tx.now)), .time(dueAt), .text(progress), .int(crashes), .id(work.id), .id(work.claim),
            ])
        guard let row else { throw LostClaim() }
        // Also when it was woken meanwhile: nobody else will say so.
        if try row.timestamp("due_at") <= tx.now { try tx.sql.notify(WakeUp.work) }
    }

    /// Frees what `node` holds by claims it does not know of: the database took them and the answer was lost, while every
    /// heartbeat prolongs them. A claim that turns out to be known after all is fenced. Returns how many were freed.
    package func releaseStrays(of node: NodeID, knowing claims: Set<ClaimID>) throws -> Int {
        let rows = try tx.sql.query(
            "SELECT DISTINCT claim_id FROM work_item WHERE claimed_by = ? AND state = 'claimed'", [.id(node)])
        var released = 0
        for claim in try rows.map({ row -> ClaimID in try row.id("claim_id") }) where !claims.contains(claim) {
            released += try tx.sql.execute(
                """
                UPDATE work_item SET state = 'ready', due_at = ?, claim_id = NULL, claimed_by = NULL, lease_until = NULL
                WHERE claimed_by = ? AND claim_id = ? AND state = 'claimed'
                """, [.time(tx.now), .id(node), .id(claim)])
        }
        if released > 0 { try tx.sql.notify(WakeUp.work) }
        return released
    }

    /// Ready and claimed items by kind.
    package func counts() throws -> [(kind: String, state: String, count: Int)] {
        try tx.sql.query("SELECT kind, state, COUNT(*) AS n FROM work_item GROUP BY kind, state ORDER BY kind, state")
            .map {
                (try $0.text("kind"), try $0.text("state"), try $0.int("n"))
            }
    }

    package func oldestDue() throws -> Timestamp? {
        try tx.sql.first("SELECT due_at FROM work_item WHERE state = 'ready' ORDER BY due_at, id LIMIT 1")?
            .timestamp("due_at")
    }
}

extension StoreTransaction {
    package var work: WorkTable { WorkTable(tx: self) }
}

extension Store {
    /// Takes due work, oldest first.
    package func claimWork(kinds: [String], limit: Int, node: NodeID, lease: Duration) async throws -> [ClaimedWork] {
        guard !kinds.isEmpty, limit > 0 else { return [] }
        let claim = ClaimID(at: machineClock.now())
        let marks = Array(repeating: "?", count: kinds.count).joined(separator: ", ")
        let rows = try await database.claim(
            ClaimStatement(
                table: "work_item", set: "state = 'claimed', woken = 0, claim_id = ?, claimed_by = ?, lease_until = ?",
                setParameters: [.id(claim), .id(node), .time(machineClock.now() + lease)],
                eligible: "state = 'ready' AND due_at <= ? AND kind IN (\(marks))",
                eligibleParameters: [.time(clock.now())] + kinds.map { .text($0) },
                order: "due_at, id", limit: limit, returning: "id, kind, key, crashes, progress"))
        return try rows.map { row in
            ClaimedWork(
                id: try row.id("id"), kind: try row.text("kind"), key: try row.text("key"), claim: claim,
                crashes: try row.int("crashes"), progress: try row.optionalText("progress"))
        }
    }
}
