// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let plans = Migration(
        version: 16, name: "plans",
        statements: [
            // Each may be asked for once, until `due_at`.
            """
            CREATE TABLE business_app_sync (
                phone_number_id TEXT NOT NULL,
                kind TEXT NOT NULL,
                waba_id TEXT NOT NULL,
                partner_id TEXT NOT NULL,
                state TEXT NOT NULL,
                request_id TEXT,
                onboarded_at INTEGER NOT NULL,
                due_at INTEGER NOT NULL,
                requested_at INTEGER,
                progress INTEGER,
                warned INTEGER,
                updated_at INTEGER NOT NULL,
                PRIMARY KEY (phone_number_id, kind)
            )
            """,
            "CREATE INDEX business_app_sync_due ON business_app_sync (due_at) WHERE state = 'due'",
            "CREATE INDEX business_app_sync_waba ON business_app_sync (waba_id)",
            // A test message under way: never sent twice for one intent.
            """
            CREATE TABLE test_message (
                onboarding_id TEXT NOT NULL PRIMARY KEY,
                phone_number_id TEXT NOT NULL,
                recipient TEXT NOT NULL,
                is_open INTEGER NOT NULL,
                inbound_at INTEGER,
                intended_at INTEGER,
                message_id TEXT,
                statuses TEXT NOT NULL
            )
            """,
            "CREATE INDEX test_message_open ON test_message (phone_number_id) WHERE is_open = 1",
            // Runs of the other WABAs of one signup.
            "ALTER TABLE onboarding ADD COLUMN parent_id TEXT",
            "CREATE INDEX onboarding_parent ON onboarding (parent_id) WHERE parent_id IS NOT NULL",
            // Null for the one-call way.
            "ALTER TABLE meta_app ADD COLUMN credit_sharing TEXT",
            "ALTER TABLE meta_app ADD COLUMN offboard_on_removal INTEGER",
        ])
}
