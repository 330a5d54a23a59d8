// SPDX-License-Identifier: Apache-2.0

extension Migration {
    /// What waits, and what was kept aside, is found without walking over what is done.
    static let backlogs = Migration(
        version: 21, name: "backlogs",
        statements: [
            "CREATE INDEX delivery_open ON delivery (created_at, id) WHERE state = 'pending'",
            "CREATE INDEX delivery_partner_open ON delivery (partner_id, created_at, id) WHERE state = 'pending'",
            "CREATE INDEX notification_dead ON notification (id) WHERE state = 'dead'",
        ])
}
