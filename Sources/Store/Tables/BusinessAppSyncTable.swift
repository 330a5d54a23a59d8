// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// What is asked of the phone app of numbers in coexistence, and until when it may be.
package struct BusinessAppSyncTable {
    let tx: StoreTransaction

    /// The deadline of a number that was onboarded at `onboardedAt`. A later onboarding begins everything anew.
    package func open(
        _ number: PhoneNumberID, waba: WABAID, partner: PartnerID, onboardedAt: Timestamp
    ) throws {
        for kind in BusinessAppSync.Kind.allCases {
            try tx.sql.execute(
                """
                INSERT INTO business_app_sync (phone_number_id, kind, waba_id, partner_id, state, onboarded_at, due_at,
                    updated_at)
                VALUES (?, ?, ?, ?, 'due', ?, ?, ?)
                ON CONFLICT (phone_number_id, kind) DO UPDATE SET waba_id = excluded.waba_id,
                    partner_id = excluded.partner_id, state = 'due', request_id = NULL,
                    onboarded_at = excluded.onboarded_at, due_at = excluded.due_at, requested_at = NULL,
                    progress = NULL, warned = NULL, updated_at = excluded.updated_at
                WHERE excluded.onboarded_at > business_app_sync.onboarded_at
                """,
                [
                    .id(number), .name(kind), .id(waba), .id(partner), .time(onboardedAt),
                    .time(onboardedAt + BusinessAppSync.window), .time(tx.now),
                ])
        }
    }

    /// In the order of asking.
    package func of(_ number: PhoneNumberID) throws -> [BusinessAppSync] {
        try tx.sql.query("SELECT * FROM business_app_sync WHERE phone_number_id = ? ORDER BY kind", [.id(number)])
            .map(Self.read(_:))
    }

    package func of(_ waba: WABAID) throws -> [BusinessAppSync] {
        try tx.sql.query(
            "SELECT * FROM business_app_sync WHERE waba_id = ? ORDER BY phone_number_id, kind LIMIT 200", [.id(waba)]
        ).map(Self.read(_:))
    }

    package func setRequested(_ number: PhoneNumberID, _ kind: BusinessAppSync.Kind, requestID: String?) throws {
        try tx.sql.execute(
            """
            UPDATE business_app_sync SET state = 'requested', request_id = ?, requested_at = ?, updated_at = ?
            WHERE phone_number_id = ? AND kind = ? AND state IN ('due', 'missed')
            """, [.text(requestID), .time(tx.now), .time(tx.now), .id(number), .name(kind)])
    }

    package func setMissed(_ number: PhoneNumberID, _ kind: BusinessAppSync.Kind) throws {
        try tx.sql.execute(
            """
            UPDATE business_app_sync SET state = 'missed', updated_at = ?
            WHERE phone_number_id = ? AND kind = ? AND state = 'due'
            """, [.time(tx.now), .id(number), .name(kind)])
    }

    /// Meta sends what was asked for: proof that it was. Returns whether the state is another one now.
    package func note(
        _ state: BusinessAppSync.State, progress: Int?, of kind: BusinessAppSync.Kind, on number: PhoneNumberID
    ) throws -> Bool {
        guard let before = try of(number).first(where: { $0.kind == kind }),
            before.state != .complete && before.state != .declined
        else { return false }
        try tx.sql.execute(
            """
            UPDATE business_app_sync SET state = ?, progress = COALESCE(?, progress), updated_at = ?
            WHERE phone_number_id = ? AND kind = ?
            """, [.name(state), .int(progress), .time(tx.now), .id(number), .name(kind)])
        return before.state != state
    }

    /// What is not asked for and whose deadline reached another stage: at most `limit`, soonest first.
    package func notices(limit: Int) throws -> [DueNotice<BusinessAppSync>] {
        let deadline = Deadline.businessAppSync
        return try tx.sql.query(
            """
            SELECT * FROM business_app_sync WHERE state = 'due' AND due_at <= ? AND (warned IS NULL OR warned < ?)
            ORDER BY due_at LIMIT ?
            """, [.time(deadline.horizon(at: tx.now)), .int(deadline.stages.count), .int(limit)]
        ).compactMap { row in
            let sync = try Self.read(row)
            let stage = deadline.stage(of: sync.dueAt, at: tx.now)
            guard try stage > row.optionalInt("warned") ?? 0 else { return nil }
            return DueNotice(subject: sync, due: sync.dueAt, stage: stage)
        }
    }

    package func setWarned(_ stage: Int, of sync: BusinessAppSync) throws {
        try tx.sql.execute(
            "UPDATE business_app_sync SET warned = ? WHERE phone_number_id = ? AND kind = ?",
            [.int(stage), .id(sync.phoneNumberID), .name(sync.kind)])
    }

    private static func read(_ row: SQLRow) throws -> BusinessAppSync {
        BusinessAppSync(
            phoneNumberID: try row.id("phone_number_id"), kind: try row.value("kind"), wabaID: try row.id("waba_id"),
            partnerID: try row.id("partner_id"), state: try row.value("state"),
            requestID: try row.optionalText("request_id"), dueAt: try row.timestamp("due_at"),
            requestedAt: try row.optionalTimestamp("requested_at"), progress: try row.optionalInt("progress"))
    }
}

extension StoreTransaction {
    package var businessAppSyncs: BusinessAppSyncTable { BusinessAppSyncTable(tx: self) }
}
