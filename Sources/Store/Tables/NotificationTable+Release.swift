// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

extension NotificationTable {
    /// Given back unprocessed, at shutdown say: no crash is counted. Fenced by the claim.
    package func release(_ ids: [Int64], claim: ClaimID) throws {
        for id in ids {
            try tx.sql.execute(
                """
                UPDATE notification SET state = 'ready', claim_id = NULL, claimed_by = NULL, lease_until = NULL
                WHERE id = ? AND claim_id = ? AND state = 'claimed'
                """, [.integer(id), .id(claim)])
        }
        try tx.sql.notify(WakeUp.notifications)
    }
}
