// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// Money: the row of a WABA is the intent to share the credit line with it, and there is one row per WABA for ever.
package struct CreditShareTable {
    let tx: StoreTransaction

    /// Stored: never rename.
    package enum State: String, Sendable {
        /// Perhaps sent; settled by reading Meta.
        case intended
        case shared
        case verified
        /// The line is being taken from the business; settled by reading Meta.
        case revoking
        case revoked
    }

    package struct Share: Sendable, Hashable {
        package let wabaID: WABAID
        package let creditLineID: CreditLineID
        package let state: State
        package let allocationID: AllocationID?
        package let onboardingID: OnboardingID
        package let currency: Currency
        package let intendedAt: Timestamp

        /// The first of the two-step way's calls is done.
        package var isAllocated: Bool { state == .intended && allocationID != nil }
    }

    package enum Intent: Sendable, Equatable {
        case recorded
        /// A row exists: read Meta before anything else.
        case exists(Share)
        /// Another WABA of the same business is being shared at this moment.
        case businessBusy
    }

    package func intend(
        waba: WABAID, line: CreditLineID, business: BusinessID?, currency: Currency, onboarding: OnboardingID
    ) throws -> Intent {
        if let share = try find(waba), share.state != .revoked { return .exists(share) }
        if let business {
            let other = try tx.sql.first(
                """
                SELECT waba_id FROM credit_share
                WHERE receiving_business_id = ? AND state IN ('intended', 'revoking') LIMIT 1
                """, [.id(business)])
            if other != nil { return .businessBusy }
        }
        try tx.sql.execute(
            """
            INSERT INTO credit_share (waba_id, credit_line_id, receiving_business_id, currency, onboarding_id, state,
                intended_at, updated_at)
            VALUES (?, ?, ?, ?, ?, 'intended', ?, ?)
            ON CONFLICT (waba_id) DO UPDATE SET credit_line_id = excluded.credit_line_id,
                receiving_business_id = excluded.receiving_business_id, currency = excluded.currency,
                onboarding_id = excluded.onboarding_id, state = 'intended', allocation_id = NULL,
                intended_at = excluded.intended_at, updated_at = excluded.updated_at
            WHERE credit_share.state = 'revoked'
            """,
            [.id(waba), .id(line), .id(business), .name(currency), .id(onboarding), .time(tx.now), .time(tx.now)])
        return .recorded
    }

    package func find(_ waba: WABAID) throws -> Share? {
        try tx.sql.first("SELECT * FROM credit_share WHERE waba_id = ?", [.id(waba)]).map { row in
            Share(
                wabaID: try row.id("waba_id"), creditLineID: try row.id("credit_line_id"),
                state: try row.value("state"), allocationID: try row.optionalID("allocation_id"),
                onboardingID: try row.id("onboarding_id"), currency: try row.value("currency"),
                intendedAt: try row.timestamp("intended_at"))
        }
    }

    /// The business has the line, the WABA not yet: the intent stands until it is attached.
    package func setAllocated(_ waba: WABAID, allocation: AllocationID, by onboarding: OnboardingID) throws {
        try tx.sql.execute(
            """
            UPDATE credit_share SET allocation_id = ?, onboarding_id = ?, updated_at = ?
            WHERE waba_id = ? AND state = 'intended'
            """, [.id(allocation), .id(onboarding), .time(tx.now), .id(waba)])
    }

    /// The second call of the two-step way is about to be made.
    package func intendAttaching(_ waba: WABAID) throws {
        try tx.sql.execute(
            "UPDATE credit_share SET intended_at = ?, updated_at = ? WHERE waba_id = ? AND state = 'intended'",
            [.time(tx.now), .time(tx.now), .id(waba)])
    }

    /// What the business was given for another of its WABAs.
    package func allocation(of business: BusinessID, line: CreditLineID) throws -> AllocationID? {
        try tx.sql.first(
            """
            SELECT allocation_id FROM credit_share WHERE receiving_business_id = ? AND credit_line_id = ?
                AND state IN ('shared', 'verified') AND allocation_id IS NOT NULL LIMIT 1
            """, [.id(business), .id(line)]
        ).flatMap { try $0.optionalID("allocation_id") }
    }

    package func setShared(_ waba: WABAID, allocation: AllocationID) throws {
        try tx.sql.execute(
            "UPDATE credit_share SET state = 'shared', allocation_id = ?, updated_at = ? WHERE waba_id = ? AND state <> 'verified'",
            [.id(allocation), .time(tx.now), .id(waba)])
    }

    package func setVerified(_ waba: WABAID) throws {
        try tx.sql.execute(
            "UPDATE credit_share SET state = 'verified', updated_at = ? WHERE waba_id = ?", [.time(tx.now), .id(waba)])
    }

    /// Only after Meta answered with a refusal, which proves that nothing was shared. What the first of two calls gave stays.
    package func withdraw(_ waba: WABAID) throws {
        try tx.sql.execute(
            "DELETE FROM credit_share WHERE waba_id = ? AND state = 'intended' AND allocation_id IS NULL", [.id(waba)])
    }

    /// Read at Meta: neither the WABA nor its business has the line.
    package func forgetIntent(_ waba: WABAID) throws {
        try tx.sql.execute("DELETE FROM credit_share WHERE waba_id = ? AND state = 'intended'", [.id(waba)])
    }
}

extension StoreTransaction {
    package var creditShares: CreditShareTable { CreditShareTable(tx: self) }
}
