// SPDX-License-Identifier: Apache-2.0

/// What both engines report. No case carries a bound value, so none can leak a secret.
package enum SQLError: Error, Sendable, Equatable {
    /// A unique index refused the row. `constraint` is the index or constraint name on PostgreSQL and
    /// `table.column[, table.column]` on SQLite: for people, not for decisions.
    case uniqueViolation(constraint: String)
    /// A check, foreign key or not-null constraint refused the row.
    case constraintViolation(String)
    /// The engine could not serve in time (locked, connection pool exhausted, server starting): the work did not
    /// happen.
    case busy(String)
    /// The connection was lost or refused before COMMIT was sent: the work did not happen.
    case connection(String)
    /// The connection was lost during COMMIT: the work may or may not have happened. Re-read by a unique key before
    /// repeating.
    case ambiguousCommit(String)
    /// Serialisation failures (40001, 40P01) persisted through all retries: the work did not happen.
    case serialization(String)
    /// The disk is full or failing: nothing more may be acknowledged.
    case storage(String)
    /// The SQL text itself is wrong. A bug of ours.
    case statement(code: String, message: String)
    /// A column was read as a type that it does not hold. A bug of ours.
    case decoding(String)
    /// The engine was closed.
    case closed
}
