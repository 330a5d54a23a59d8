// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let tenants = Migration(
        version: 1, name: "tenants",
        statements: [
            """
            CREATE TABLE meta_app (
                id TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL,
                business_id TEXT NOT NULL,
                system_user_id TEXT,
                credit_line_id TEXT,
                config_id TEXT,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL
            )
            """,
            """
            CREATE TABLE partner (
                id TEXT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                app_id TEXT NOT NULL,
                is_whatsapp_enabled INTEGER NOT NULL,
                default_currency TEXT,
                created_at INTEGER NOT NULL
            )
            """,
            """
            CREATE TABLE partner_solution (
                solution_id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE approved_business (
                business_id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL,
                approved_at INTEGER NOT NULL
            )
            """,
            """
            CREATE TABLE api_key (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT,
                role TEXT NOT NULL,
                prefix TEXT NOT NULL,
                hash BLOB NOT NULL,
                created_at INTEGER NOT NULL,
                last_used_at INTEGER,
                revoked_at INTEGER
            )
            """,
            "CREATE UNIQUE INDEX api_key_hash ON api_key (hash)",
            """
            CREATE TABLE customer (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL,
                name TEXT NOT NULL,
                email TEXT,
                email_key TEXT,
                phone TEXT,
                phone_key TEXT,
                external_id TEXT,
                created_at INTEGER NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX customer_email ON customer (partner_id, email_key) WHERE email_key IS NOT NULL",
            "CREATE UNIQUE INDEX customer_phone ON customer (partner_id, phone_key) WHERE phone_key IS NOT NULL",
            "CREATE UNIQUE INDEX customer_external_id ON customer (partner_id, external_id) WHERE external_id IS NOT NULL",
            "CREATE INDEX customer_list ON customer (partner_id, created_at, id)",
        ])
}
