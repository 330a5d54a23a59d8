// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let durableWork = Migration(
        version: 4, name: "durable_work",
        statements: [
            """
            CREATE TABLE node (
                id TEXT NOT NULL PRIMARY KEY,
                started_at INTEGER NOT NULL,
                heartbeat_at INTEGER NOT NULL
            )
            """,
            """
            CREATE TABLE work_item (
                id TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL,
                key TEXT NOT NULL,
                state TEXT NOT NULL,
                due_at INTEGER NOT NULL,
                woken INTEGER NOT NULL,
                claim_id TEXT,
                claimed_by TEXT,
                lease_until INTEGER,
                crashes INTEGER NOT NULL,
                progress TEXT,
                created_at INTEGER NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX work_item_key ON work_item (kind, key)",
            "CREATE INDEX work_item_due ON work_item (due_at, id) WHERE state = 'ready'",
            "CREATE INDEX work_item_claimed ON work_item (claimed_by, lease_until) WHERE state = 'claimed'",
        ])
}
