// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct OnboardingTable {
    let tx: StoreTransaction

    package func insert(_ onboarding: Onboarding) throws {
        try tx.sql.execute(
            """
            INSERT INTO onboarding (id, partner_id, customer_id, app_id, plan, input, parent_id, created_at, state, is_open,
                claimed_waba_id, proven_waba_id, evidence, business_id, solution_id, phone_number_id, phone_number,
                currency, region, reason, detail, updated_at, finished_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(onboarding.id), .id(onboarding.partnerID), .id(onboarding.customerID), .id(onboarding.appID),
                .name(onboarding.plan), .text(try StoredJSON.encode(onboarding.input)),
                .id(onboarding.parentID), .time(onboarding.createdAt),
            ] + mutable(onboarding))
        for step in onboarding.steps { try insert(step, of: onboarding.id) }
    }

    /// Writes the row and the steps that differ from `before`. Throws `SQLError.uniqueViolation` never: a second open
    /// run for the proven WABA must be looked for first with ``openRun(of:except:)``.
    package func save(_ onboarding: Onboarding, before: Onboarding) throws {
        try tx.sql.execute(
            """
            UPDATE onboarding SET state = ?, is_open = ?, claimed_waba_id = ?, proven_waba_id = ?, evidence = ?,
                business_id = ?, solution_id = ?, phone_number_id = ?, phone_number = ?, currency = ?, region = ?,
                reason = ?, detail = ?, updated_at = ?, finished_at = ?
            WHERE id = ?
            """, mutable(onboarding) + [.id(onboarding.id)])
        for (step, old) in zip(onboarding.steps, before.steps) where step != old { try update(step, of: onboarding.id) }
    }

    package func find(_ id: OnboardingID) throws -> Onboarding? {
        guard let row = try tx.sql.first("SELECT * FROM onboarding WHERE id = ?", [.id(id)]) else { return nil }
        return try read(row)
    }

    /// Nil for an unknown onboarding and for another partner's alike.
    package func find(_ id: OnboardingID, of partner: PartnerID) throws -> Onboarding? {
        try find(id).flatMap { $0.partnerID == partner ? $0 : nil }
    }

    /// The open run that has proven this WABA, if any other than `except`.
    package func openRun(of waba: WABAID, except: OnboardingID?) throws -> OnboardingID? {
        try tx.sql.query("SELECT id FROM onboarding WHERE proven_waba_id = ? AND is_open = 1", [.id(waba)])
            .map { row in try row.id("id", as: OnboardingID.self) }
            .first { $0 != except }
    }

    /// This partner's open run that names this WABA, proven or not.
    package func openRun(naming waba: WABAID, of partner: PartnerID) throws -> Onboarding? {
        let row = try tx.sql.first(
            """
            SELECT * FROM onboarding WHERE partner_id || '' = ? AND claimed_waba_id = ? AND is_open = 1
            ORDER BY created_at DESC LIMIT 1
            """, [.id(partner), .id(waba)])
        return try row.map(read(_:))
    }

    /// Open runs that a change at Meta may concern: by the WABA they name or have proven, or by the owning business.
    package func openRuns(waba: WABAID?, business: BusinessID?) throws -> [Onboarding] {
        try tx.sql.query(
            """
            SELECT * FROM onboarding WHERE is_open = 1
                AND (claimed_waba_id = ? OR proven_waba_id = ? OR business_id = ?)
            ORDER BY created_at + 0 LIMIT 100
            """, [.id(waba), .id(waba), .id(business)]
        ).map(read(_:))
    }

    /// The newest run of a WABA by a partner, whatever its state.
    package func latest(of waba: WABAID, partner: PartnerID) throws -> Onboarding? {
        try tx.sql.first(
            """
            SELECT * FROM onboarding WHERE partner_id || '' = ? AND (proven_waba_id = ? OR claimed_waba_id = ?)
            ORDER BY created_at + 0 DESC LIMIT 1
            """, [.id(partner), .id(waba), .id(waba)]
        ).map(read(_:))
    }

    package struct Filter: Sendable, Hashable {
        package var partner: PartnerID?
        package var customer: CustomerID?
        package var state: OnboardingState?
        package var waba: WABAID?
        package var parent: OnboardingID?

        package init(
            partner: PartnerID? = nil, customer: CustomerID? = nil, state: OnboardingState? = nil, waba: WABAID? = nil,
            parent: OnboardingID? = nil
        ) {
            self.parent = parent
            self.partner = partner
            self.customer = customer
            self.state = state
            self.waba = waba
        }
    }

    package func page(_ filter: Filter, _ request: PageRequest) throws -> Page<Onboarding> {
        var query = KeysetQuery("SELECT * FROM onboarding")
        if let partner = filter.partner { query.filter("partner_id = ?", .id(partner)) }
        if let customer = filter.customer { query.narrow("customer_id = ?", .id(customer)) }
        if let parent = filter.parent { query.narrow("parent_id = ?", .id(parent)) }
        if let state = filter.state { query.filter("state = ?", .name(state)) }
        if let waba = filter.waba { query.narrow("(claimed_waba_id = ? OR proven_waba_id = ?)", .id(waba), .id(waba)) }
        return try query.page(request, in: tx.sql, read(_:))
    }

    /// All runs of a WABA of this partner, at most 100, newest first.
    package func runs(of waba: WABAID, partner: PartnerID) throws -> [OnboardingID] {
        try tx.sql.query(
            "SELECT id FROM onboarding WHERE partner_id || '' = ? AND proven_waba_id = ? ORDER BY id DESC LIMIT 100",
            [.id(partner), .id(waba)]
        ).map { try $0.id("id") }
    }

    /// The WABA has left: its finished runs are no longer live.
    package func endLive(of waba: WABAID, partner: PartnerID) throws {
        try tx.sql.execute(
            """
            UPDATE onboarding SET state = 'offboarded', updated_at = ?
            WHERE partner_id || '' = ? AND proven_waba_id = ? AND state || '' = 'live'
            """, [.time(tx.now), .id(partner), .id(waba)])
    }

    /// How many runs are in each state. Walks over all that ever were.
    package func counts() throws -> [OnboardingState: Int] {
        var counts: [OnboardingState: Int] = [:]
        for row in try tx.sql.query("SELECT state, COUNT(*) AS n FROM onboarding GROUP BY state") {
            counts[try row.value("state")] = try row.int("n")
        }
        return counts
    }

    /// One try of one step, for the timeline.
    package func record(
        attempt: Int, of seq: Int, in id: OnboardingID, startedAt: Timestamp, outcome: String, graphCode: Int?,
        detail: String?, calls: [RecordedCall] = []
    ) throws {
        try tx.sql.execute(
            """
            INSERT INTO step_attempt (onboarding_id, seq, attempt, started_at, finished_at, outcome, graph_code, detail,
                calls)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (onboarding_id, seq, attempt) DO NOTHING
            """,
            [
                .id(id), .int(seq), .int(attempt), .time(startedAt), .time(tx.now), .text(outcome), .int(graphCode),
                .text(detail), calls.isEmpty ? .null : .text(try StoredJSON.encode(calls)),
            ])
    }

    package func attempts(of id: OnboardingID) throws -> [StepAttempt] {
        try tx.sql.query("SELECT * FROM step_attempt WHERE onboarding_id = ? ORDER BY seq, attempt", [.id(id)]).map {
            StepAttempt(
                seq: try $0.int("seq"), attempt: try $0.int("attempt"), startedAt: try $0.timestamp("started_at"),
                finishedAt: try $0.timestamp("finished_at"), outcome: try $0.text("outcome"),
                graphCode: try $0.optionalInt("graph_code"), detail: try $0.optionalText("detail"),
                calls: try $0.optionalText("calls").map { try StoredJSON.decode($0) } ?? [])
        }
    }

    /// Remembers that a code is about to be exchanged. Returns the onboarding that brought it first.
    package func claimCode(digest: [UInt8], for id: OnboardingID) throws -> OnboardingID {
        try tx.sql.execute(
            "INSERT INTO signup_code (digest, onboarding_id, seen_at) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING",
            [.blob(digest), .id(id), .time(tx.now)])
        let row = try tx.sql.first("SELECT onboarding_id FROM signup_code WHERE digest = ?", [.blob(digest)])
        return try row?.id("onboarding_id") ?? id
    }
}

extension StoreTransaction {
    package var onboardings: OnboardingTable { OnboardingTable(tx: self) }
}
