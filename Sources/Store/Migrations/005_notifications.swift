// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let notifications = Migration(
        version: 5, name: "notifications",
        statements: [
            // No unique index: duplicates are recognised when processing, not on the hot path.
            """
            CREATE TABLE notification (
                id IDENTITY,
                app_id TEXT NOT NULL,
                lane TEXT NOT NULL,
                state TEXT NOT NULL,
                received_at INTEGER NOT NULL,
                claim_id TEXT,
                claimed_by TEXT,
                lease_until INTEGER,
                crashes INTEGER NOT NULL,
                error TEXT,
                body BLOB NOT NULL
            )
            """,
            "CREATE INDEX notification_due ON notification (lane, id) WHERE state = 'ready'",
            "CREATE INDEX notification_claimed ON notification (claimed_by) WHERE state = 'claimed'",
            """
            CREATE TABLE change_seen (
                key BLOB NOT NULL PRIMARY KEY,
                seen_at INTEGER NOT NULL
            )
            """,
            "CREATE INDEX change_seen_at ON change_seen (seen_at)",
        ])
}
