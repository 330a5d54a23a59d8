// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let records = Migration(
        version: 7, name: "records",
        statements: [
            """
            CREATE TABLE data_key (
                id TEXT NOT NULL PRIMARY KEY,
                kek_id TEXT NOT NULL,
                wrapped BLOB NOT NULL,
                created_at INTEGER NOT NULL
            )
            """,
            """
            CREATE TABLE sealed_secret (
                owner_table TEXT NOT NULL,
                owner_id TEXT NOT NULL,
                name TEXT NOT NULL,
                sealed BLOB NOT NULL,
                updated_at INTEGER NOT NULL,
                PRIMARY KEY (owner_table, owner_id, name)
            )
            """,
            """
            CREATE TABLE activity (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT,
                actor TEXT NOT NULL,
                action TEXT NOT NULL,
                target TEXT NOT NULL,
                detail TEXT,
                at INTEGER NOT NULL
            )
            """,
            "CREATE INDEX activity_list ON activity (partner_id, at, id)",
            "CREATE INDEX activity_target ON activity (target, at, id)",
            """
            CREATE TABLE idempotency (
                scope BLOB NOT NULL PRIMARY KEY,
                fingerprint BLOB NOT NULL,
                status INTEGER NOT NULL,
                sealed_body BLOB NOT NULL,
                expires_at INTEGER NOT NULL
            )
            """,
            "CREATE INDEX idempotency_expiry ON idempotency (expires_at)",
            // Which signup codes were seen, by digest: an exchange is tried once per code, whoever brings it.
            """
            CREATE TABLE signup_code (
                digest BLOB NOT NULL PRIMARY KEY,
                onboarding_id TEXT NOT NULL,
                seen_at INTEGER NOT NULL
            )
            """,
        ])
}
