// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let cloudObjects = Migration(
        version: 13, name: "cloud_objects",
        statements: [
            // Templates and flows that Meta showed us: their ids alone do not tell whose they are.
            """
            CREATE TABLE cloud_object (
                id TEXT NOT NULL PRIMARY KEY,
                waba_id TEXT NOT NULL,
                seen_at INTEGER NOT NULL
            )
            """
        ])
}
