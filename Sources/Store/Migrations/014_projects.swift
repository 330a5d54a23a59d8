// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let projects = Migration(
        version: 14, name: "projects",
        statements: [
            """
            CREATE TABLE project (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL,
                customer_id TEXT NOT NULL,
                name TEXT NOT NULL,
                solution_id TEXT,
                created_at INTEGER NOT NULL,
                removed_at INTEGER
            )
            """,
            "CREATE INDEX project_list ON project (partner_id, created_at, id)",
            // The account is a singleton of its project, and so is the project of its customer.
            "CREATE UNIQUE INDEX project_customer ON project (customer_id) WHERE removed_at IS NULL",
            """
            CREATE TABLE access_key (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL,
                project_id TEXT,
                hash BLOB NOT NULL,
                created_at INTEGER NOT NULL,
                revoked_at INTEGER
            )
            """,
            "CREATE INDEX access_key_list ON access_key (partner_id, created_at, id)",
            // The newest signs; older ones verify until every token that they signed is over.
            """
            CREATE TABLE access_token_key (
                id TEXT NOT NULL PRIMARY KEY,
                created_at INTEGER NOT NULL,
                retired_at INTEGER
            )
            """,
            """
            CREATE TABLE partner_grant (
                partner_id TEXT NOT NULL,
                name TEXT NOT NULL,
                granted_at INTEGER NOT NULL,
                PRIMARY KEY (partner_id, name)
            )
            """,
            """
            CREATE TABLE project_account (
                project_id TEXT NOT NULL PRIMARY KEY,
                onboarding_id TEXT,
                document TEXT NOT NULL
            )
            """,
            "CREATE INDEX project_account_onboarding ON project_account (onboarding_id)",
            """
            CREATE TABLE sender (
                id TEXT NOT NULL PRIMARY KEY,
                project_id TEXT NOT NULL,
                onboarding_id TEXT,
                phone_number_id TEXT,
                document TEXT NOT NULL,
                created_at INTEGER NOT NULL
            )
            """,
            "CREATE INDEX sender_list ON sender (project_id, created_at, id)",
            "CREATE UNIQUE INDEX sender_number ON sender (phone_number_id) WHERE phone_number_id IS NOT NULL",
            """
            CREATE TABLE project_webhook (
                id TEXT NOT NULL PRIMARY KEY,
                project_id TEXT NOT NULL,
                endpoint_id TEXT NOT NULL,
                target TEXT NOT NULL,
                triggers TEXT NOT NULL,
                created_at INTEGER NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX project_webhook_target ON project_webhook (project_id, target)",
            "CREATE UNIQUE INDEX project_webhook_endpoint ON project_webhook (endpoint_id)",
        ])
}
