// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct WABATable {
    let tx: StoreTransaction

    /// Writes ownership. Returns false, and changes nothing, when another partner owns the WABA; one that its customer
    /// took away from the former owner may pass to the next.
    package func own(
        _ facts: WABAFacts, by partner: PartnerID, customer: CustomerID, app: AppID, evidence: OwnershipEvidence
    ) throws -> Bool {
        let changed = try tx.sql.execute(
            """
            INSERT INTO waba (id, partner_id, customer_id, app_id, business_id, name, currency, evidence, state,
                review_status, is_subscribed, changed_at, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'onboarding', ?, 0, 0, ?, ?)
            ON CONFLICT (id) DO UPDATE SET partner_id = excluded.partner_id, customer_id = excluded.customer_id,
                app_id = excluded.app_id, evidence = excluded.evidence,
                business_id = COALESCE(excluded.business_id, waba.business_id),
                name = COALESCE(excluded.name, waba.name), currency = COALESCE(excluded.currency, waba.currency),
                review_status = COALESCE(excluded.review_status, waba.review_status),
                state = CASE WHEN waba.state IN ('live', 'restricted') THEN waba.state ELSE 'onboarding' END,
                updated_at = excluded.updated_at
            WHERE waba.partner_id = excluded.partner_id OR waba.state IN ('disconnected', 'offboarded')
            """,
            [
                .id(facts.id), .id(partner), .id(customer), .id(app), .id(facts.businessID), .text(facts.name),
                .text(facts.currency), .name(evidence), .text(facts.reviewStatus), .time(tx.now), .time(tx.now),
            ])
        return changed == 1
    }

    package func find(_ id: WABAID) throws -> WABA? {
        try tx.sql.first("SELECT * FROM waba WHERE id = ?", [.id(id)]).map(Self.read(_:))
    }

    /// Nil for an unknown WABA and for another partner's alike.
    package func find(_ id: WABAID, of partner: PartnerID) throws -> WABA? {
        try find(id).flatMap { $0.partnerID == partner ? $0 : nil }
    }

    package func ofBusiness(_ business: BusinessID) throws -> [WABA] {
        try tx.sql.query("SELECT * FROM waba WHERE business_id = ? ORDER BY id LIMIT 100", [.id(business)])
            .map(Self.read(_:))
    }

    package struct Filter: Sendable, Hashable {
        package var partner: PartnerID?
        package var customer: CustomerID?
        package var state: WABA.State?
        /// As Meta prints it.
        package var reviewStatus: String?
        /// When the record was made; both ends are left out, as Meta's own filter does.
        package var createdAfter: Timestamp?
        package var createdBefore: Timestamp?
        package var isOldestFirst = false

        package init(partner: PartnerID? = nil, customer: CustomerID? = nil) {
            self.partner = partner
            self.customer = customer
        }
    }

    package func page(_ filter: Filter, _ request: PageRequest) throws -> Page<WABA> {
        var query = KeysetQuery("SELECT * FROM waba")
        query.isAscending = filter.isOldestFirst
        if let partner = filter.partner { query.filter("partner_id = ?", .id(partner)) }
        if let customer = filter.customer { query.narrow("customer_id = ?", .id(customer)) }
        if let state = filter.state { query.filter("state = ?", .name(state)) }
        if let status = filter.reviewStatus { query.filter("review_status = ?", .text(status)) }
        if let after = filter.createdAfter { query.filter("created_at > ?", .time(after)) }
        if let before = filter.createdBefore { query.filter("created_at < ?", .time(before)) }
        return try query.page(request, in: tx.sql, Self.read(_:))
    }

    package func count(of app: AppID) throws -> Int {
        try tx.sql.first("SELECT COUNT(*) AS n FROM waba WHERE app_id = ?", [.id(app)])?.int("n") ?? 0
    }

    package func setState(_ state: WABA.State, restriction: String? = nil, of id: WABAID) throws {
        try tx.sql.execute(
            "UPDATE waba SET state = ?, restriction = ?, updated_at = ? WHERE id = ?",
            [.name(state), .text(restriction), .time(tx.now), .id(id)])
    }

    /// At the end of an onboarding: what Meta restricted, took away or deleted meanwhile stays so.
    package func setLive(_ id: WABAID) throws {
        try tx.sql.execute(
            "UPDATE waba SET state = 'live', updated_at = ? WHERE id = ? AND state = 'onboarding'",
            [.time(tx.now), .id(id)])
    }

    package func setSubscribed(_ isSubscribed: Bool, of id: WABAID) throws {
        try tx.sql.execute(
            "UPDATE waba SET is_subscribed = ?, updated_at = ? WHERE id = ?",
            [.bool(isSubscribed), .time(tx.now), .id(id)])
    }

    /// Guarded by time: an older word never overwrites a newer one. Returns whether the status changed.
    package func setReview(_ status: String, at: Timestamp, of id: WABAID) throws -> Bool {
        try tx.sql.execute(
            """
            UPDATE waba SET review_status = ?, review_at = ?, updated_at = ?
            WHERE id = ? AND (review_at IS NULL OR review_at <= ?) AND (review_status IS NULL OR review_status <> ?)
            """, [.text(status), .time(at), .time(tx.now), .id(id), .time(at), .text(status)]) == 1
    }

    package func setTokenExpiry(_ expiry: Timestamp?, of id: WABAID) throws {
        try tx.sql.execute(
            """
            UPDATE waba SET token_warned = CASE WHEN token_expires_at = ? THEN token_warned ELSE NULL END, token_expires_at = ?
            WHERE id = ?
            """, [.time(expiry), .time(expiry), .id(id)])
    }

    /// Naming a WABA gives nothing: a claim only says who asked, until it expires.
    package func claim(_ id: WABAID, by partner: PartnerID, onboarding: OnboardingID, expiresAt: Timestamp) throws {
        try tx.sql.execute(
            """
            INSERT INTO waba_claim (waba_id, partner_id, onboarding_id, expires_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (waba_id, partner_id) DO UPDATE SET onboarding_id = excluded.onboarding_id,
                expires_at = excluded.expires_at
            """, [.id(id), .id(partner), .id(onboarding), .time(expiresAt)])
    }

    package func claimants(of id: WABAID) throws -> [PartnerID] {
        try tx.sql.query(
            "SELECT partner_id FROM waba_claim WHERE waba_id = ? AND expires_at > ? ORDER BY partner_id",
            [.id(id), .time(tx.now)]
        ).map { try $0.id("partner_id") }
    }

    /// What Meta told: this WABA is shared with us (again). An older word never undoes a newer one.
    package func recordShare(_ id: WABAID, business: BusinessID?, solution: SolutionID?, at: Timestamp) throws {
        try tx.sql.execute(
            """
            INSERT INTO waba_share (waba_id, business_id, solution_id, shared_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (waba_id) DO UPDATE SET business_id = COALESCE(excluded.business_id, waba_share.business_id),
                solution_id = COALESCE(excluded.solution_id, waba_share.solution_id), removed_at = NULL,
                shared_at = CASE WHEN waba_share.shared_at > excluded.shared_at THEN waba_share.shared_at
                    ELSE excluded.shared_at END
            WHERE waba_share.removed_at IS NULL OR waba_share.removed_at < excluded.shared_at
            """, [.id(id), .id(business), .id(solution), .time(at)])
    }

    /// Kept also when no share was heard of, so that a share that comes late counts for nothing.
    /// Returns false when the WABA was shared again after `at`, or the removal is known.
    @discardableResult
    package func recordRemoval(_ id: WABAID, at: Timestamp) throws -> Bool {
        try tx.sql.execute(
            """
            INSERT INTO waba_share (waba_id, shared_at, removed_at) VALUES (?, ?, ?)
            ON CONFLICT (waba_id) DO UPDATE SET removed_at = excluded.removed_at
            WHERE waba_share.removed_at IS NULL AND waba_share.shared_at <= excluded.removed_at
            """, [.id(id), .time(at), .time(at)]) == 1
    }

    package func share(of id: WABAID) throws -> WABAShare? {
        try tx.sql.first("SELECT * FROM waba_share WHERE waba_id = ? AND removed_at IS NULL", [.id(id)])
            .map(Self.readShare(_:))
    }

    package func shares(ofBusiness business: BusinessID) throws -> [WABAShare] {
        try tx.sql.query(
            "SELECT * FROM waba_share WHERE business_id = ? AND removed_at IS NULL ORDER BY shared_at DESC LIMIT 100",
            [.id(business)]
        ).map(Self.readShare(_:))
    }

    private static func readShare(_ row: SQLRow) throws -> WABAShare {
        WABAShare(
            wabaID: try row.id("waba_id"), businessID: try row.optionalID("business_id"),
            solutionID: try row.optionalID("solution_id"), sharedAt: try row.timestamp("shared_at"))
    }

    static func read(_ row: SQLRow) throws -> WABA {
        WABA(
            id: try row.id("id"), partnerID: try row.id("partner_id"), customerID: try row.id("customer_id"),
            appID: try row.id("app_id"), businessID: try row.optionalID("business_id"),
            name: try row.optionalText("name"), currency: try row.optionalText("currency"),
            evidence: try row.value("evidence"), state: try row.value("state"),
            reviewStatus: try row.optionalText("review_status"), restriction: try row.optionalText("restriction"),
            isSubscribed: try row.bool("is_subscribed"), createdAt: try row.timestamp("created_at"),
            updatedAt: try row.timestamp("updated_at"))
    }
}

/// Meta's word that a WABA is shared with us.
package struct WABAShare: Sendable, Hashable {
    package let wabaID: WABAID
    package let businessID: BusinessID?
    package let solutionID: SolutionID?
    package let sharedAt: Timestamp
}

extension StoreTransaction {
    package var wabas: WABATable { WABATable(tx: self) }
}
