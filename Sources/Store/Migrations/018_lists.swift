// SPDX-License-Identifier: Apache-2.0

extension Migration {
    /// A list costs the same with a thousand rows and with a million, whoever asks and by whatever filter.
    static let lists = Migration(
        version: 18, name: "lists",
        statements: [
            "CREATE INDEX customer_all ON customer (created_at, id)",
            """
            CREATE INDEX customer_external_list ON customer (external_id, created_at, id) WHERE external_id IS NOT NULL
            """,
            "CREATE INDEX onboarding_all ON onboarding (created_at, id)",
            "DROP INDEX onboarding_customer",
            "CREATE INDEX onboarding_customer ON onboarding (customer_id, created_at, id)",
            """
            CREATE INDEX onboarding_named ON onboarding (claimed_waba_id, created_at) WHERE claimed_waba_id IS NOT NULL
            """,
            "CREATE INDEX onboarding_state ON onboarding (state, created_at, id)",
            "CREATE INDEX onboarding_partner_state ON onboarding (partner_id, state, created_at, id)",
            "CREATE INDEX waba_customer ON waba (customer_id, created_at, id)",
            "CREATE INDEX waba_state ON waba (state, created_at, id)",
            "CREATE INDEX waba_review ON waba (review_status, created_at, id)",
            "CREATE INDEX waba_state_review ON waba (state, review_status, created_at, id)",
            "CREATE INDEX waba_partner_state ON waba (partner_id, state, created_at, id)",
            "CREATE INDEX waba_partner_review ON waba (partner_id, review_status, created_at, id)",
            "CREATE INDEX waba_partner_state_review ON waba (partner_id, state, review_status, created_at, id)",
            "CREATE INDEX phone_number_all ON phone_number (created_at, id)",
            "CREATE INDEX event_all ON event (occurred_at, id)",
            "CREATE INDEX event_type ON event (type, occurred_at, id)",
            "CREATE INDEX event_partner_type ON event (partner_id, type, occurred_at, id)",
            "CREATE INDEX delivery_all ON delivery (created_at, id)",
            // Of the few that did not arrive: every delivery passes through the other states, and those have their indexes.
            """
            CREATE INDEX delivery_stuck ON delivery (state, created_at, id) WHERE state IN ('failed', 'held')
            """,
            """
            CREATE INDEX delivery_partner_stuck ON delivery (partner_id, state, created_at, id)
            WHERE state IN ('failed', 'held')
            """,
            """
            CREATE INDEX delivery_endpoint_stuck ON delivery (endpoint_id, state, created_at, id)
            WHERE state IN ('failed', 'held')
            """,
            "CREATE INDEX activity_all ON activity (at, id)",
        ])
}
