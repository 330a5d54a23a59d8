// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let activations = Migration(
        version: 12, name: "activations",
        statements: [
            """
            CREATE TABLE activation_account (
                number IDENTITY,
                sid TEXT NOT NULL,
                partner_id TEXT NOT NULL,
                customer_id TEXT,
                is_verified INTEGER NOT NULL,
                created_at INTEGER NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX activation_account_sid ON activation_account (sid)",
            "CREATE INDEX activation_account_partner ON activation_account (partner_id)",
            """
            CREATE TABLE activation_key (
                hash BLOB NOT NULL PRIMARY KEY,
                sid TEXT NOT NULL,
                prefix TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                revoked_at INTEGER
            )
            """,
            "CREATE INDEX activation_key_sid ON activation_key (sid)",
            """
            CREATE TABLE activation (
                number IDENTITY,
                id TEXT NOT NULL,
                sid TEXT NOT NULL,
                partner_id TEXT NOT NULL,
                display_name TEXT NOT NULL,
                phone_number TEXT NOT NULL,
                business_id TEXT NOT NULL,
                business_name TEXT NOT NULL,
                incoming_url TEXT,
                certificate_name TEXT NOT NULL,
                certificate_type TEXT NOT NULL,
                certificate_size INTEGER NOT NULL,
                certificate_sha256 TEXT NOT NULL,
                state TEXT NOT NULL,
                is_open INTEGER NOT NULL,
                reason TEXT,
                decided_by TEXT,
                decided_at INTEGER,
                onboarding_id TEXT,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX activation_id ON activation (id)",
            // One request per account, while it is open.
            "CREATE UNIQUE INDEX activation_open ON activation (sid) WHERE is_open = 1",
            "CREATE INDEX activation_sid ON activation (sid, created_at, id)",
            "CREATE INDEX activation_list ON activation (created_at, id)",
            "CREATE INDEX activation_onboarding ON activation (onboarding_id)",
            "CREATE UNIQUE INDEX activation_certificate ON activation (certificate_name)",
            // A profile that was asked for before its number could have one.
            """
            CREATE TABLE profile_wish (
                phone_number_id TEXT NOT NULL PRIMARY KEY,
                profile TEXT NOT NULL,
                created_at INTEGER NOT NULL
            )
            """,
            // An endpoint may hear of one number alone.
            "ALTER TABLE endpoint ADD COLUMN phone_number TEXT",
        ])
}
