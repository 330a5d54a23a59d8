// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let metaAccounts = Migration(
        version: 3, name: "meta_accounts",
        statements: [
            // Ownership: one partner per WABA, written on proof only.
            """
            CREATE TABLE waba (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL,
                customer_id TEXT NOT NULL,
                app_id TEXT NOT NULL,
                business_id TEXT,
                name TEXT,
                currency TEXT,
                evidence TEXT NOT NULL,
                state TEXT NOT NULL,
                review_status TEXT,
                review_at INTEGER,
                restriction TEXT,
                is_subscribed INTEGER NOT NULL,
                token_expires_at INTEGER,
                changed_at INTEGER NOT NULL,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL
            )
            """,
            "CREATE INDEX waba_list ON waba (partner_id, created_at, id)",
            "CREATE INDEX waba_business ON waba (business_id)",
            // A request holds an expiring claim; several may coexist.
            """
            CREATE TABLE waba_claim (
                waba_id TEXT NOT NULL,
                partner_id TEXT NOT NULL,
                onboarding_id TEXT NOT NULL,
                expires_at INTEGER NOT NULL,
                PRIMARY KEY (waba_id, partner_id)
            )
            """,
            // What Meta told of a share, kept for the onboarding that asks later.
            """
            CREATE TABLE waba_share (
                waba_id TEXT NOT NULL PRIMARY KEY,
                business_id TEXT,
                solution_id TEXT,
                shared_at INTEGER NOT NULL,
                removed_at INTEGER
            )
            """,
            "CREATE INDEX waba_share_business ON waba_share (business_id)",
            """
            CREATE TABLE phone_number (
                id TEXT NOT NULL PRIMARY KEY,
                waba_id TEXT NOT NULL,
                partner_id TEXT NOT NULL,
                number TEXT,
                display_phone_number TEXT,
                verified_name TEXT,
                status TEXT,
                quality_rating TEXT,
                name_status TEXT,
                code_verification_status TEXT,
                platform_type TEXT,
                throughput_level TEXT,
                last_onboarded_at INTEGER,
                name_at INTEGER,
                quality_at INTEGER,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL
            )
            """,
            "CREATE INDEX phone_number_waba ON phone_number (waba_id, created_at, id)",
            "CREATE INDEX phone_number_list ON phone_number (partner_id, created_at, id)",
            "CREATE INDEX phone_number_number ON phone_number (number)",
            """
            CREATE TABLE registration_attempt (
                phone_number_id TEXT NOT NULL,
                at INTEGER NOT NULL,
                onboarding_id TEXT NOT NULL,
                attempt INTEGER NOT NULL,
                PRIMARY KEY (phone_number_id, onboarding_id, attempt)
            )
            """,
            // This row is the intent for sharing the credit line with one WABA: money, never twice.
            """
            CREATE TABLE credit_share (
                waba_id TEXT NOT NULL PRIMARY KEY,
                credit_line_id TEXT NOT NULL,
                receiving_business_id TEXT,
                currency TEXT NOT NULL,
                onboarding_id TEXT NOT NULL,
                state TEXT NOT NULL,
                allocation_id TEXT,
                intended_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL
            )
            """,
            // Serialised per receiving business.
            """
            CREATE UNIQUE INDEX credit_share_business ON credit_share (receiving_business_id)
            WHERE state = 'intended' AND receiving_business_id IS NOT NULL
            """,
        ])
}
