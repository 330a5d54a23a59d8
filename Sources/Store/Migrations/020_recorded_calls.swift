// SPDX-License-Identifier: Apache-2.0

extension Migration {
    static let recordedCalls = Migration(
        version: 20, name: "recorded_calls",
        statements: [
            // JSON: the Graph calls of the attempt in order, for the replay of a run.
            "ALTER TABLE step_attempt ADD COLUMN calls TEXT"
        ])
}
