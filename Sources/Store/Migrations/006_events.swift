// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let events = Migration(
        version: 6, name: "events",
        statements: [
            """
            CREATE TABLE event (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL,
                type TEXT NOT NULL,
                occurred_at INTEGER NOT NULL,
                customer_id TEXT,
                waba_id TEXT,
                phone_number_id TEXT,
                onboarding_id TEXT,
                data TEXT NOT NULL,
                dedupe_key TEXT NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX event_dedupe ON event (partner_id, dedupe_key)",
            "CREATE INDEX event_list ON event (partner_id, occurred_at, id)",
            "CREATE INDEX event_onboarding ON event (onboarding_id)",
            """
            CREATE TABLE endpoint (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL,
                customer_id TEXT,
                url TEXT NOT NULL,
                events TEXT NOT NULL,
                format TEXT NOT NULL,
                state TEXT NOT NULL,
                disabled_reason TEXT,
                failing_since INTEGER,
                failures INTEGER NOT NULL,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL
            )
            """,
            "CREATE INDEX endpoint_list ON endpoint (partner_id, created_at, id)",
            """
            CREATE TABLE delivery (
                id TEXT NOT NULL PRIMARY KEY,
                event_id TEXT NOT NULL,
                endpoint_id TEXT NOT NULL,
                partner_id TEXT NOT NULL,
                state TEXT NOT NULL,
                attempt INTEGER NOT NULL,
                due_at INTEGER NOT NULL,
                claim_id TEXT,
                claimed_by TEXT,
                lease_until INTEGER,
                last_status INTEGER,
                last_error TEXT,
                headers TEXT NOT NULL,
                body BLOB NOT NULL,
                is_manual INTEGER NOT NULL,
                created_at INTEGER NOT NULL,
                finished_at INTEGER
            )
            """,
            "CREATE UNIQUE INDEX delivery_pair ON delivery (event_id, endpoint_id)",
            "CREATE INDEX delivery_due ON delivery (due_at, id) WHERE state = 'pending'",
            "CREATE INDEX delivery_lane ON delivery (endpoint_id, due_at, id) WHERE state = 'pending'",
            "CREATE INDEX delivery_sending ON delivery (claimed_by) WHERE state = 'sending'",
            "CREATE INDEX delivery_list ON delivery (partner_id, created_at, id)",
            "CREATE INDEX delivery_endpoint ON delivery (endpoint_id, created_at, id)",
            """
            CREATE TABLE delivery_attempt (
                delivery_id TEXT NOT NULL,
                attempt INTEGER NOT NULL,
                is_manual INTEGER NOT NULL,
                started_at INTEGER NOT NULL,
                finished_at INTEGER NOT NULL,
                status INTEGER,
                error TEXT,
                address TEXT,
                response TEXT,
                PRIMARY KEY (delivery_id, attempt)
            )
            """,
        ])
}
