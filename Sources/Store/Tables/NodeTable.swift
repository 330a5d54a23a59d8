// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// Which server processes are alive. Times are the machine's, never a test world's.
package struct NodeTable {
    let tx: StoreTransaction

    /// Nodes that said in the last minute that they live.
    package func count() throws -> Int {
        let since = tx.machineNow - .minutes(1)
        return try tx.sql.first("SELECT COUNT(*) AS n FROM node WHERE heartbeat_at > ?", [.time(since)])?.int("n") ?? 0
    }

    /// Says that this node lives and prolongs the leases of everything it holds.
    package func beat(_ node: NodeID, lease: Duration) throws {
        try greet(node)
        try prolong(node, lease: lease)
    }

    /// Says that this node lives: one row that nobody else writes, so that no conflict can keep it from being said.
    package func greet(_ node: NodeID) throws {
        try tx.sql.execute(
            """
            INSERT INTO node (id, started_at, heartbeat_at) VALUES (?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at
            """, [.id(node), .time(tx.machineNow), .time(tx.machineNow)])
    }

    package func prolong(_ node: NodeID, lease: Duration) throws {
        let until = SQLValue.time(tx.machineNow + lease)
        for (table, state) in Self.claimables {
            try tx.sql.execute(
                "UPDATE \(table) SET lease_until = ? WHERE claimed_by = ? AND state = '\(state)'", [until, .id(node)])
        }
    }

    package func remove(_ node: NodeID) throws {
        try tx.sql.execute("DELETE FROM node WHERE id = ?", [.id(node)])
    }

    /// A write that changes nothing: whether the database takes one.
    package func probe() throws {
        try tx.sql.execute("UPDATE node SET heartbeat_at = heartbeat_at WHERE id = ''")
    }

    package struct Swept: Sendable, Hashable {
        package var work = 0
        package var deliveries = 0
        package var notifications = 0
    }

    /// Frees what dead nodes hold: no heartbeat for `grace`, or the lease is over. Losses are counted: a notification is set
    /// aside after `crashesMax`, work is given up by its handler, so that a poison item cannot kill the fleet for ever.
    /// `sweeper` is alive, however late its last heartbeat became durable: on a slow disk it would free its own work.
    package func sweep(by sweeper: NodeID? = nil, grace: Duration, crashesMax: Int) throws -> Swept {
        let now = SQLValue.time(tx.machineNow)
        try tx.sql.execute(
            "DELETE FROM node WHERE heartbeat_at < ? AND id <> ?",
            [.time(tx.machineNow - grace), .text(sweeper?.rawValue ?? "")])
        let orphaned = "(lease_until < ? OR claimed_by NOT IN (SELECT id FROM node))"
        var swept = Swept()
        swept.work = try tx.sql.execute(
            """
            UPDATE work_item SET state = 'ready', crashes = crashes + 1, due_at = ?, claim_id = NULL, claimed_by = NULL,
                lease_until = NULL
            WHERE state = 'claimed' AND \(orphaned)
            """, [.time(tx.now), now])
        swept.deliveries = try tx.sql.execute(
            """
            UPDATE delivery SET state = 'pending', due_at = ?, claim_id = NULL, claimed_by = NULL, lease_until = NULL
            WHERE state = 'sending' AND \(orphaned)
            """, [.time(tx.now), now])
        swept.notifications = try tx.sql.execute(
            """
            UPDATE notification SET state = CASE WHEN crashes + 1 >= ? THEN 'dead' ELSE 'ready' END, crashes = crashes + 1,
                claim_id = NULL, claimed_by = NULL, lease_until = NULL
            WHERE state = 'claimed' AND \(orphaned)
            """, [.int(crashesMax), now])
        if swept.work > 0 { try tx.sql.notify(WakeUp.work) }
        if swept.deliveries > 0 { try tx.sql.notify(WakeUp.deliveries) }
        if swept.notifications > 0 { try tx.sql.notify(WakeUp.notifications) }
        return swept
    }

    /// A database that only one process can serve: whoever else is listed is a former self.
    package func forgetOthers(than node: NodeID) throws {
        try tx.sql.execute("DELETE FROM node WHERE id <> ?", [.id(node)])
    }

    private static let claimables = [("work_item", "claimed"), ("delivery", "sending"), ("notification", "claimed")]
}

extension StoreTransaction {
    package var nodes: NodeTable { NodeTable(tx: self) }
}
