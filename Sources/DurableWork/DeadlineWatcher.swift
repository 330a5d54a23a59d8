// SPDX-License-Identifier: Apache-2.0
import Domain
package import Store

/// Tells partners of deadlines before they pass: unregistered numbers, expiring tokens, phone apps that were not
/// asked for their contacts and history. One work item a world, looked at every hour, at most 100 rows a transaction; a
/// stage that was told is written down with its event.
package struct DeadlineWatcher: WorkHandler {
    package let kind = WorkKind.watchDeadlines
    package static let key = "deadlines"
    static let period: Duration = .hours(1)
    private static let batch = 50

    private let store: Store

    package init(store: Store) { self.store = store }

    package func run(_ work: ClaimedWork) async throws {
        var isMore = true
        while isMore {
            try Task.checkCancellation()
            isMore = try await store.write { tx in
                try tx.work.fence(work)
                return try Self.tell(in: tx)
            }
        }
        try await store.write { try $0.work.reschedule(work, dueAt: $0.now + Self.period) }
    }

    package func giveUp(_ work: ClaimedWork) async throws {
        try await store.write { try $0.work.reschedule(work, dueAt: $0.now + Self.period) }
    }

    /// Returns whether more may be due.
    private static func tell(in tx: StoreTransaction) throws -> Bool {
        let numbers = try tx.phoneNumbers.registrationNotices(limit: batch)
        for notice in numbers { try tellOfNumber(notice, in: tx) }
        let tokens = try tx.wabas.tokenNotices(limit: batch)
        for notice in tokens { try tellOfToken(notice, in: tx) }
        let syncs = try tx.businessAppSyncs.notices(limit: batch)
        for notice in syncs { try tellOfSync(notice, in: tx) }
        return !numbers.isEmpty || !tokens.isEmpty || !syncs.isEmpty
    }

    private static func tellOfNumber(_ notice: DueNotice<PhoneNumberID>, in tx: StoreTransaction) throws {
        try tx.phoneNumbers.setRegistrationWarned(notice.stage, of: notice.subject)
        guard let number = try tx.phoneNumbers.find(notice.subject, of: nil), !number.facts.isConnected else { return }
        let waba = try tx.wabas.find(number.wabaID)
        try tx.publish(
            EventDraft(
                type: .phoneNumberRegistrationDue, partnerID: number.partnerID, customerID: waba?.customerID,
                wabaID: number.wabaID, phoneNumberID: number.id,
                data: [
                    "registration_due_at": .string(notice.due.description),
                    "days_left": .integer(Int64(Deadline.daysLeft(until: notice.due, at: tx.now))),
                ], dedupeKey: "registration_due:\(number.id):\(notice.due.milliseconds):\(notice.stage)"))
    }

    private static func tellOfToken(_ notice: DueNotice<WABA>, in tx: StoreTransaction) throws {
        let waba = notice.subject
        try tx.wabas.setTokenWarned(notice.stage, of: waba.id)
        try tx.publish(
            EventDraft(
                type: .wabaTokenExpiring, partnerID: waba.partnerID, customerID: waba.customerID, wabaID: waba.id,
                data: [
                    "expires_at": .string(notice.due.description),
                    "days_left": .integer(Int64(Deadline.daysLeft(until: notice.due, at: tx.now))),
                ], dedupeKey: "token_expiring:\(waba.id):\(notice.due.milliseconds):\(notice.stage)"))
    }

    private static func tellOfSync(_ notice: DueNotice<BusinessAppSync>, in tx: StoreTransaction) throws {
        let sync = notice.subject
        try tx.businessAppSyncs.setWarned(notice.stage, of: sync)
        let isMissed = notice.due <= tx.now
        let remedy = FailureReason.syncWindowMissed.remedy
        var data: [String: JSONValue] = [
            "sync": .string(sync.kind.rawValue), "state": .string(isMissed ? "missed" : "due_soon"),
            "due_at": .string(notice.due.description),
        ]
        if isMissed {
            try tx.businessAppSyncs.setMissed(sync.phoneNumberID, sync.kind)
            data["actor"] = .string(remedy.actor.rawValue)
            data["remedy"] = .string(remedy.text)
        }
        try tx.publish(
            EventDraft(
                type: .businessAppSyncUpdated, partnerID: sync.partnerID,
                customerID: try tx.wabas.find(sync.wabaID)?.customerID, wabaID: sync.wabaID,
                phoneNumberID: sync.phoneNumberID, data: data,
                dedupeKey:
                    "sync_due:\(sync.phoneNumberID):\(sync.kind.rawValue):\(notice.due.milliseconds):\(notice.stage)"
            ))
    }
}
