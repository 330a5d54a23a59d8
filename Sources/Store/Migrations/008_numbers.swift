// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let numbers = Migration(
        version: 8, name: "numbers",
        statements: [
            // Counted like registrations: the call that would lock the number is held back.
            """
            CREATE TABLE code_request (
                phone_number_id TEXT NOT NULL,
                attempt INTEGER NOT NULL,
                at INTEGER NOT NULL,
                PRIMARY KEY (phone_number_id, attempt)
            )
            """,
            // Meta's own lock after too many registrations.
            "ALTER TABLE phone_number ADD COLUMN locked_until INTEGER",
            "ALTER TABLE phone_number ADD COLUMN verified_at INTEGER",
            // Not registered by then, the verification lapses. Null once registered.
            "ALTER TABLE phone_number ADD COLUMN registration_due_at INTEGER",
            "ALTER TABLE phone_number ADD COLUMN requested_name TEXT",
            "ALTER TABLE phone_number ADD COLUMN requested_name_status TEXT",
            "ALTER TABLE phone_number ADD COLUMN messaging_limit TEXT",
            "ALTER TABLE phone_number ADD COLUMN pin_revealed_at INTEGER",
        ])
}
