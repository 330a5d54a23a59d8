// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let custody = Migration(
        version: 10, name: "custody",
        statements: [
            // How many stages of the deadline were told; null for none.
            "ALTER TABLE phone_number ADD COLUMN registration_warned INTEGER",
            "ALTER TABLE waba ADD COLUMN token_warned INTEGER",
            """
            CREATE INDEX phone_number_due ON phone_number (registration_due_at) WHERE registration_due_at IS NOT NULL
            """,
            "CREATE INDEX waba_token_expiry ON waba (token_expires_at) WHERE token_expires_at IS NOT NULL",
            // New customers of an app within 7 days.
            "CREATE INDEX waba_app ON waba (app_id, created_at)",
            "ALTER TABLE meta_app ADD COLUMN new_customers_max INTEGER",
            // Which data key sealed a row; null where it was sealed before this was written down.
            "ALTER TABLE sealed_secret ADD COLUMN key_id TEXT",
            "ALTER TABLE idempotency ADD COLUMN key_id TEXT",
            "CREATE INDEX sealed_secret_key ON sealed_secret (key_id)",
            "CREATE INDEX idempotency_key ON idempotency (key_id)",
        ])
}
