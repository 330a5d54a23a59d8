// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let onboardings = Migration(
        version: 2, name: "onboardings",
        statements: [
            """
            CREATE TABLE onboarding (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL,
                customer_id TEXT NOT NULL,
                app_id TEXT NOT NULL,
                plan TEXT NOT NULL,
                state TEXT NOT NULL,
                is_open INTEGER NOT NULL,
                claimed_waba_id TEXT,
                proven_waba_id TEXT,
                evidence TEXT,
                business_id TEXT,
                solution_id TEXT,
                phone_number_id TEXT,
                phone_number TEXT,
                currency TEXT,
                region TEXT,
                input TEXT NOT NULL,
                reason TEXT,
                detail TEXT,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL,
                finished_at INTEGER
            )
            """,
            // At most one open onboarding per WABA; counted on proof, so that naming a WABA blocks nobody.
            """
            CREATE UNIQUE INDEX onboarding_open_waba ON onboarding (proven_waba_id)
            WHERE is_open = 1 AND proven_waba_id IS NOT NULL
            """,
            "CREATE INDEX onboarding_list ON onboarding (partner_id, created_at, id)",
            "CREATE INDEX onboarding_customer ON onboarding (customer_id, created_at)",
            "CREATE INDEX onboarding_claimed ON onboarding (claimed_waba_id) WHERE is_open = 1",
            "CREATE INDEX onboarding_business ON onboarding (business_id) WHERE is_open = 1",
            """
            CREATE TABLE onboarding_step (
                onboarding_id TEXT NOT NULL,
                seq INTEGER NOT NULL,
                kind TEXT NOT NULL,
                state TEXT NOT NULL,
                attempt INTEGER NOT NULL,
                failures INTEGER NOT NULL,
                intent_at INTEGER,
                intent_digest TEXT,
                started_at INTEGER,
                finished_at INTEGER,
                due_at INTEGER,
                reason TEXT,
                detail TEXT,
                facts TEXT,
                PRIMARY KEY (onboarding_id, seq)
            )
            """,
            """
            CREATE TABLE step_attempt (
                onboarding_id TEXT NOT NULL,
                seq INTEGER NOT NULL,
                attempt INTEGER NOT NULL,
                started_at INTEGER NOT NULL,
                finished_at INTEGER NOT NULL,
                outcome TEXT NOT NULL,
                graph_code INTEGER,
                detail TEXT,
                PRIMARY KEY (onboarding_id, seq, attempt)
            )
            """,
        ])
}
