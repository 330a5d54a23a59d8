// SPDX-License-Identifier: Apache-2.0
import Domain
import SQLEngine

extension OnboardingTable {
    func mutable(_ onboarding: Onboarding) -> [SQLValue] {
        [
            .name(onboarding.state), .bool(onboarding.state.isOpen), .id(onboarding.claimedWABAID),
            .id(onboarding.provenWABAID), .name(onboarding.evidence), .id(onboarding.businessID),
            .id(onboarding.solutionID), .id(onboarding.phoneNumberID), .text(onboarding.phoneNumber),
            .name(onboarding.currency), .text(onboarding.region), .name(onboarding.reason), .text(onboarding.detail),
            .time(onboarding.updatedAt), .time(onboarding.finishedAt),
        ]
    }

    func read(_ row: SQLRow) throws -> Onboarding {
        let id: OnboardingID = try row.id("id")
        var onboarding = Onboarding(
            id: id, partnerID: try row.id("partner_id"), customerID: try row.id("customer_id"),
            appID: try row.id("app_id"), plan: try row.value("plan"),
            input: try StoredJSON.decode(try row.text("input")), createdAt: try row.timestamp("created_at"),
            state: try row.value("state"), steps: try steps(of: id))
        onboarding.parentID = try row.optionalID("parent_id")
        onboarding.claimedWABAID = try row.optionalID("claimed_waba_id")
        onboarding.provenWABAID = try row.optionalID("proven_waba_id")
        onboarding.evidence = try row.optionalValue("evidence")
        onboarding.businessID = try row.optionalID("business_id")
        onboarding.solutionID = try row.optionalID("solution_id")
        onboarding.phoneNumberID = try row.optionalID("phone_number_id")
        onboarding.phoneNumber = try row.optionalText("phone_number")
        onboarding.currency = try row.optionalValue("currency")
        onboarding.region = try row.optionalText("region")
        onboarding.reason = try row.optionalValue("reason")
        onboarding.detail = try row.optionalText("detail")
        onboarding.updatedAt = try row.timestamp("updated_at")
        onboarding.finishedAt = try row.optionalTimestamp("finished_at")
        return onboarding
    }

    func insert(_ step: StepRecord, of id: OnboardingID) throws {
        try tx.sql.execute(
            """
            INSERT INTO onboarding_step (onboarding_id, seq, kind, state, attempt, failures, intent_at, intent_digest,
                started_at, finished_at, due_at, reason, detail, facts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, [.id(id), .int(step.seq), .name(step.kind)] + (try mutable(step)))
    }

    func update(_ step: StepRecord, of id: OnboardingID) throws {
        try tx.sql.execute(
            """
            UPDATE onboarding_step SET state = ?, attempt = ?, failures = ?, intent_at = ?, intent_digest = ?,
                started_at = ?, finished_at = ?, due_at = ?, reason = ?, detail = ?, facts = ?
            WHERE onboarding_id = ? AND seq = ?
            """, try mutable(step) + [.id(id), .int(step.seq)])
    }

    private func mutable(_ step: StepRecord) throws -> [SQLValue] {
        [
            .name(step.state), .int(step.attempt), .int(step.failures), .time(step.intentAt), .text(step.intentDigest),
            .time(step.startedAt), .time(step.finishedAt), .time(step.dueAt), .name(step.reason), .text(step.detail),
            step.facts.isEmpty ? .null : .text(try StoredJSON.encode(step.facts)),
        ]
    }

    private func steps(of id: OnboardingID) throws -> [StepRecord] {
        try tx.sql.query("SELECT * FROM onboarding_step WHERE onboarding_id = ? ORDER BY seq", [.id(id)]).map { row in
            var step = StepRecord(seq: try row.int("seq"), kind: try row.value("kind"), state: try row.value("state"))
            step.attempt = try row.int("attempt")
            step.failures = try row.int("failures")
            step.intentAt = try row.optionalTimestamp("intent_at")
            step.intentDigest = try row.optionalText("intent_digest")
            step.startedAt = try row.optionalTimestamp("started_at")
            step.finishedAt = try row.optionalTimestamp("finished_at")
            step.dueAt = try row.optionalTimestamp("due_at")
            step.reason = try row.optionalValue("reason")
            step.detail = try row.optionalText("detail")
            if let facts = try row.optionalText("facts") { step.facts = try StoredJSON.decode(facts) }
            return step
        }
    }
}
