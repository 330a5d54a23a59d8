// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

extension EventTable {
    /// Deletes events that are older than `before`, with their deliveries and attempts, in the order of their ids: at most
    /// `limit` from `after` on. What is still to be delivered stays. Returns the last id looked at, nil at the end.
    package func prune(before: Timestamp, after: EventID?, limit: Int) throws -> EventID? {
        let rows = try tx.sql.query(
            "SELECT id, occurred_at FROM event WHERE id > ? ORDER BY id LIMIT ?",
            [.text(after?.rawValue ?? ""), .int(limit)])
        for row in rows {
            // Ids sort by time: all that follow are younger.
            guard try row.timestamp("occurred_at") < before else { return nil }
            try prune(try row.id("id"))
        }
        return rows.count < limit ? nil : try rows.last?.id("id")
    }

    private func prune(_ id: EventID) throws {
        let deliveries = try tx.sql.query("SELECT id, state FROM delivery WHERE event_id = ?", [.id(id)])
        for delivery in deliveries {
            let state: DeliveryState = try delivery.value("state")
            guard state == .succeeded || state == .failed else { return }
        }
        for delivery in deliveries {
            try tx.sql.execute("DELETE FROM delivery_attempt WHERE delivery_id = ?", [.text(try delivery.text("id"))])
        }
        try tx.sql.execute("DELETE FROM delivery WHERE event_id = ?", [.id(id)])
        try tx.sql.execute("DELETE FROM event WHERE id = ?", [.id(id)])
    }
}
