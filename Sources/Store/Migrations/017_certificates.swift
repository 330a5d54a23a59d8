// SPDX-License-Identifier: Apache-2.0

extension Migration {
    /// Certificates of activation requests, sealed in pieces: every node reads them, and a backup of the database holds them.
    static let certificates = Migration(
        version: 17, name: "certificates",
        statements: [
            """
            CREATE TABLE certificate_chunk (
                certificate TEXT NOT NULL,
                position INTEGER NOT NULL,
                sealed BLOB NOT NULL,
                created_at INTEGER NOT NULL,
                PRIMARY KEY (certificate, position)
            )
            """,
            "CREATE INDEX certificate_chunk_begun ON certificate_chunk (created_at) WHERE position = 0",
        ])
}
