// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let novelties = Migration(
        version: 19, name: "novelties",
        statements: [
            """
            CREATE TABLE meta_novelty (
                kind TEXT NOT NULL,
                place TEXT NOT NULL,
                word TEXT NOT NULL,
                count INTEGER NOT NULL,
                first_seen_at INTEGER NOT NULL,
                last_seen_at INTEGER NOT NULL,
                sample TEXT,
                PRIMARY KEY (kind, place, word)
            )
            """
        ])
}
