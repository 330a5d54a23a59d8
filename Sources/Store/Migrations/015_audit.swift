// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let audit = Migration(
        version: 15, name: "audit",
        statements: [
            // Null until the sealing job comes by: a change waits for no hash.
            "ALTER TABLE activity ADD COLUMN chain_position INTEGER",
            "ALTER TABLE activity ADD COLUMN hash TEXT",
            "CREATE INDEX activity_unsealed ON activity (id) WHERE chain_position IS NULL",
            "CREATE UNIQUE INDEX activity_position ON activity (chain_position) WHERE chain_position IS NOT NULL",
            // One row, once something is sealed: where the trail begins (what was pruned) and ends.
            """
            CREATE TABLE audit_chain (
                id INTEGER NOT NULL PRIMARY KEY,
                begins_position INTEGER NOT NULL,
                begins_hash TEXT NOT NULL,
                head_position INTEGER NOT NULL,
                head_hash TEXT NOT NULL,
                sealed_at INTEGER NOT NULL
            )
            """,
        ])
}
