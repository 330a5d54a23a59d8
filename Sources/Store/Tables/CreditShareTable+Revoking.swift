// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// Taking the line back: Meta takes it from the whole business, never from one WABA.
/// Source: Meta, share-and-revoke-credit-lines.
extension CreditShareTable {
    package enum RevokeIntent: Sendable, Equatable {
        case recorded(AllocationID)
        /// Recorded before, and what became of it is not known: read Meta first.
        case underWay(AllocationID)
        /// Nothing was shared from here, or it was taken back before.
        case nothingShared
        /// Whether it was shared is not known.
        case unsettled
        /// Another WABA of the business is being given the line at this moment.
        case businessBusy
        /// These WABAs of the business are in use and would lose the line.
        case stillUsed([WABAID])
    }

    package func intendRevoking(_ waba: WABAID) throws -> RevokeIntent {
        guard let share = try find(waba), share.state != .revoked else { return .nothingShared }
        guard share.state != .intended, let allocation = share.allocationID else { return .unsettled }
        if share.state == .revoking { return .underWay(allocation) }
        let others = try tx.sql.query(
            """
            SELECT other.waba_id, other.state, waba.state AS waba_state
            FROM credit_share AS mine
            JOIN credit_share AS other ON other.receiving_business_id = mine.receiving_business_id
                AND other.waba_id <> mine.waba_id
            LEFT JOIN waba ON waba.id = other.waba_id
            WHERE mine.waba_id = ? AND other.state <> 'revoked' ORDER BY other.waba_id LIMIT 100
            """, [.id(waba)])
        var used: [WABAID] = []
        for other in others {
            if try other.text("state") == State.intended.rawValue { return .businessBusy }
            let state = try other.optionalText("waba_state").flatMap(WABA.State.init(rawValue:))
            if state?.usesCredit ?? false { used.append(try other.id("waba_id")) }
        }
        guard used.isEmpty else { return .stillUsed(used) }
        try tx.sql.execute(
            "UPDATE credit_share SET state = 'revoking', updated_at = ? WHERE waba_id = ?", [.time(tx.now), .id(waba)])
        return .recorded(allocation)
    }

    /// Meta refused, so the line is still shared.
    package func withdrawRevoking(_ waba: WABAID) throws {
        try tx.sql.execute(
            "UPDATE credit_share SET state = 'verified', updated_at = ? WHERE waba_id = ? AND state = 'revoking'",
            [.time(tx.now), .id(waba)])
    }

    /// Every WABA of the business has lost the line with it.
    package func setRevoked(_ allocation: AllocationID) throws {
        try tx.sql.execute(
            """
            UPDATE credit_share SET state = 'revoked', updated_at = ?
            WHERE allocation_id = ? OR (state <> 'intended' AND receiving_business_id IN
                (SELECT receiving_business_id FROM credit_share WHERE allocation_id = ?))
            """, [.time(tx.now), .id(allocation), .id(allocation)])
    }
}
