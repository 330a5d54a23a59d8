// SPDX-License-Identifier: Apache-2.0

extension Migration {
    /// The test world's clock: ahead of the machines' by the same time on every node, and after a restart.
    static let worldClock = Migration(
        version: 11, name: "world_clock",
        statements: [
            """
            CREATE TABLE world_clock (
                name TEXT NOT NULL PRIMARY KEY,
                offset_ms INTEGER NOT NULL,
                moved_at INTEGER NOT NULL
            )
            """
        ])
}
