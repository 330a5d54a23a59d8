// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// Something with a deadline whose next stage has begun and was not told.
package struct DueNotice<Subject: Sendable>: Sendable {
    package let subject: Subject
    package let due: Timestamp
    package let stage: Int
}

extension PhoneNumberTable {
    /// Unregistered numbers whose deadline reached another stage: at most `limit`, soonest first.
    package func registrationNotices(limit: Int) throws -> [DueNotice<PhoneNumberID>] {
        let deadline = Deadline.registration
        return try tx.sql.query(
            """
            SELECT id, registration_due_at, registration_warned FROM phone_number
            WHERE registration_due_at <= ? AND (registration_warned IS NULL OR registration_warned < ?)
            ORDER BY registration_due_at LIMIT ?
            """, [.time(deadline.horizon(at: tx.now)), .int(deadline.stages.count), .int(limit)]
        ).compactMap { row in
            let due = try row.timestamp("registration_due_at")
            let stage = deadline.stage(of: due, at: tx.now)
            guard try stage > row.optionalInteger("registration_warned").map(Int.init) ?? 0 else { return nil }
            return DueNotice(subject: try row.id("id"), due: due, stage: stage)
        }
    }

    package func setRegistrationWarned(_ stage: Int, of id: PhoneNumberID) throws {
        try tx.sql.execute("UPDATE phone_number SET registration_warned = ? WHERE id = ?", [.int(stage), .id(id)])
    }
}

extension WABATable {
    /// WABAs whose token's expiry reached another stage: at most `limit`, soonest first.
    package func tokenNotices(limit: Int) throws -> [DueNotice<WABA>] {
        let deadline = Deadline.token
        let rows = try tx.sql.query(
            """
            SELECT id, token_expires_at, token_warned FROM waba
            WHERE token_expires_at <= ? AND (token_warned IS NULL OR token_warned < ?)
                AND state NOT IN ('disconnected', 'deleted', 'offboarded')
            ORDER BY token_expires_at LIMIT ?
            """, [.time(deadline.horizon(at: tx.now)), .int(deadline.stages.count), .int(limit)])
        return try rows.compactMap { row in
            let due = try row.timestamp("token_expires_at")
            let stage = deadline.stage(of: due, at: tx.now)
            guard try stage > row.optionalInteger("token_warned").map(Int.init) ?? 0,
                let waba = try find(try row.id("id"))
            else { return nil }
            return DueNotice(subject: waba, due: due, stage: stage)
        }
    }

    package func setTokenWarned(_ stage: Int, of id: WABAID) throws {
        try tx.sql.execute("UPDATE waba SET token_warned = ? WHERE id = ?", [.int(stage), .id(id)])
    }

    /// Against ``CustomerBudget/unverifiedMax`` where the app says nothing.
    package func customerBudget(of app: MetaApp) throws -> CustomerBudget {
        let max = app.newCustomersMax ?? CustomerBudget.unverifiedMax
        let arrivals = try arrivals(of: app.id, since: tx.now - CustomerBudget.window, limit: max + 1)
        return CustomerBudget(max: max, arrivals: arrivals, at: tx.now)
    }

    /// When an app's newest customers came since `since`, each by the first WABA of its business: at most `limit`, oldest first.
    /// Who was imported had come before.
    package func arrivals(of app: AppID, since: Timestamp, limit: Int) throws -> [Timestamp] {
        try tx.sql.query(
            """
            SELECT w.created_at AS at FROM waba w WHERE w.app_id = ? AND w.created_at > ?
                AND w.evidence <> 'operator_import'
                AND NOT EXISTS (SELECT 1 FROM waba o
                    WHERE o.business_id = w.business_id AND o.app_id || '' = w.app_id
                        AND (o.created_at + 0 < w.created_at OR o.created_at + 0 = w.created_at AND o.id < w.id))
            ORDER BY w.created_at DESC LIMIT ?
            """, [.id(app), .time(since), .int(limit)]
        ).map { try $0.timestamp("at") }.reversed()
    }
}
