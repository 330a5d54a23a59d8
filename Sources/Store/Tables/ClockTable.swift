// SPDX-License-Identifier: Apache-2.0
import Domain
import SQLEngine

/// How far a world's clock is ahead of the machines'. One row, and none while it never was moved.
package struct ClockTable {
    let tx: StoreTransaction

    package func offset() throws -> Duration {
        let row = try tx.sql.first("SELECT offset_ms FROM world_clock WHERE name = ?", [.text(Self.name)])
        return .milliseconds(try row?.integer("offset_ms") ?? 0)
    }

    /// Moves the clock for all nodes of the world; returns how far it is ahead then.
    package func advance(by step: Duration) throws -> Duration {
        let row = try tx.sql.first(
            """
            INSERT INTO world_clock (name, offset_ms, moved_at) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET offset_ms = world_clock.offset_ms + excluded.offset_ms,
                moved_at = excluded.moved_at
            RETURNING offset_ms
            """, [.text(Self.name), .integer(step.milliseconds), .time(tx.machineNow)])
        try tx.sql.notify(WakeUp.clock)
        return .milliseconds(try row?.integer("offset_ms") ?? step.milliseconds)
    }

    private static let name = "world"
}

extension StoreTransaction {
    package var worldClock: ClockTable { ClockTable(tx: self) }
}
