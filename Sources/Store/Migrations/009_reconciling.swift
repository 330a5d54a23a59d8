// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let reconciling = Migration(
        version: 9, name: "reconciling",
        statements: [
            """
            CREATE TABLE reconciliation (
                id TEXT NOT NULL PRIMARY KEY,
                app_id TEXT NOT NULL,
                state TEXT NOT NULL,
                is_open INTEGER NOT NULL,
                phase TEXT NOT NULL,
                repairs INTEGER NOT NULL,
                requested_by TEXT NOT NULL,
                counts TEXT NOT NULL,
                record_total INTEGER NOT NULL,
                detail TEXT,
                started_at INTEGER NOT NULL,
                records_at INTEGER,
                updated_at INTEGER NOT NULL,
                finished_at INTEGER
            )
            """,
            // One at a time for an app: they would spend its hourly limit twice.
            "CREATE UNIQUE INDEX reconciliation_open ON reconciliation (app_id) WHERE is_open = 1",
            "CREATE INDEX reconciliation_list ON reconciliation (started_at, id)",
            // `phone_number_id` is empty where the whole WABA is meant: a null would make no two rows equal.
            """
            CREATE TABLE drift (
                id TEXT NOT NULL PRIMARY KEY,
                reconciliation_id TEXT NOT NULL,
                kind TEXT NOT NULL,
                waba_id TEXT NOT NULL,
                phone_number_id TEXT NOT NULL,
                partner_id TEXT,
                detail TEXT,
                repair TEXT NOT NULL,
                found_at INTEGER NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX drift_once ON drift (reconciliation_id, kind, waba_id, phone_number_id)",
            "CREATE INDEX drift_list ON drift (reconciliation_id, found_at, id)",
            "CREATE INDEX drift_intended ON drift (reconciliation_id, waba_id) WHERE repair = 'repair_intended'",
            "CREATE INDEX waba_all ON waba (created_at, id)",
            "CREATE INDEX onboarding_proven ON onboarding (proven_waba_id, created_at) WHERE proven_waba_id IS NOT NULL",
            """
            CREATE TABLE waba_import (
                id TEXT NOT NULL PRIMARY KEY,
                app_id TEXT NOT NULL,
                source TEXT NOT NULL,
                state TEXT NOT NULL,
                partner_id TEXT,
                requested_by TEXT NOT NULL,
                row_total INTEGER,
                rows_done INTEGER NOT NULL,
                counts TEXT NOT NULL,
                detail TEXT,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL,
                finished_at INTEGER
            )
            """,
            "CREATE INDEX waba_import_list ON waba_import (created_at, id)",
            // The file in pieces of whole records, each with its number of the first line; dropped once it is read.
            """
            CREATE TABLE import_piece (
                import_id TEXT NOT NULL,
                seq INTEGER NOT NULL,
                first_line INTEGER NOT NULL,
                body BLOB NOT NULL,
                PRIMARY KEY (import_id, seq)
            )
            """,
            """
            CREATE TABLE import_row (
                import_id TEXT NOT NULL,
                line INTEGER NOT NULL,
                waba_id TEXT NOT NULL,
                outcome TEXT NOT NULL,
                detail TEXT,
                partner_id TEXT,
                customer_id TEXT,
                PRIMARY KEY (import_id, line)
            )
            """,
        ])
}
