// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// What Meta says of a WABA, guarded by the time it says it happened: an older word never overwrites a newer one.
extension WABATable {
    /// Returns whether this is news: another status, or the first word about the one that was read when the WABA was found.
    package func noteReview(_ status: String, at: Timestamp, of id: WABAID) throws -> Bool {
        try tx.sql.execute(
            """
            UPDATE waba SET review_status = ?, review_at = ?, updated_at = ?
            WHERE id = ? AND (review_at IS NULL OR (review_at <= ? AND review_status <> ?))
            """, [.text(status), .time(at), .time(tx.now), .id(id), .time(at), .text(status)]) == 1
    }

    /// Returns whether it was the newest word about the WABA's state.
    package func noteState(_ state: WABA.State, restriction: String?, at: Timestamp, of id: WABAID) throws -> Bool {
        try tx.sql.execute(
            """
            UPDATE waba SET state = ?, restriction = ?, changed_at = ?, updated_at = ? WHERE id = ? AND changed_at <= ?
            """, [.name(state), .text(restriction), .time(at), .time(tx.now), .id(id), .time(at)]) == 1
    }
}
