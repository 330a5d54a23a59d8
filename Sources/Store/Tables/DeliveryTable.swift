// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct DeliveryTable {
    let tx: StoreTransaction

    func insert(event: Event, endpoint: Endpoint, rendered: RenderedEvent) throws {
        try tx.sql.execute(
            """
            INSERT INTO delivery (id, event_id, endpoint_id, partner_id, state, attempt, due_at, headers, body, is_manual,
                created_at)
            VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, 0, ?)
            """,
            [
                .id(DeliveryID(at: tx.now)), .id(event.id), .id(endpoint.id), .id(event.partnerID),
                .name(endpoint.state == .enabled ? DeliveryState.pending : .held), .time(tx.now),
                .text(try StoredJSON.encode(rendered.headers)), .blob(rendered.body), .time(tx.now),
            ])
    }

    package func find(_ id: DeliveryID, of partner: PartnerID?) throws -> Delivery? {
        guard let row = try tx.sql.first("SELECT \(Self.columns) FROM delivery WHERE id = ?", [.id(id)]) else {
            return nil
        }
        let delivery = try Self.read(row)
        return partner == nil || delivery.partnerID == partner ? delivery : nil
    }

    package struct Filter: Sendable, Hashable {
        package var partner: PartnerID?
        package var endpoint: EndpointID?
        package var event: EventID?
        package var state: DeliveryState?

        package init(
            partner: PartnerID? = nil, endpoint: EndpointID? = nil, event: EventID? = nil, state: DeliveryState? = nil
        ) {
            self.partner = partner
            self.endpoint = endpoint
            self.event = event
            self.state = state
        }
    }

    package func page(_ filter: Filter, _ request: PageRequest) throws -> Page<Delivery> {
        var query = KeysetQuery("SELECT \(Self.columns) FROM delivery")
        if let partner = filter.partner { query.filter("partner_id = ?", .id(partner)) }
        if let endpoint = filter.endpoint {
            // Of an endpoint of somebody else's there is nothing to search for.
            let one = try tx.sql.first("SELECT partner_id FROM delivery WHERE endpoint_id = ? LIMIT 1", [.id(endpoint)])
            let owner: PartnerID? = try one?.id("partner_id")
            guard filter.partner == nil || owner == filter.partner else { return Page(items: [], next: nil) }
            query.narrow("endpoint_id = ?", .id(endpoint))
        }
        if let event = filter.event { query.narrow("event_id = ?", .id(event)) }
        if let state = filter.state { query.filter(Self.condition(state)) }
        return try query.page(request, in: tx.sql, Self.read(_:))
    }

    /// Written out: an index of some states serves only a state that is written out.
    private static func condition(_ state: DeliveryState) -> String {
        switch state {
        case .pending: "state = 'pending'"
        // As many as are under way: sorting them beats walking over everybody's.
        case .sending: "id IN (SELECT id FROM delivery WHERE state = 'sending')"
        case .succeeded: "state = 'succeeded'"
        case .failed: "state IN ('failed', 'held') AND state = 'failed'"
        case .held: "state IN ('failed', 'held') AND state = 'held'"
        }
    }

    package func attempts(of id: DeliveryID) throws -> [DeliveryAttempt] {
        try tx.sql.query("SELECT * FROM delivery_attempt WHERE delivery_id = ? ORDER BY attempt", [.id(id)]).map {
            row in
            DeliveryAttempt(
                attempt: try row.int("attempt"), isManual: try row.bool("is_manual"),
                startedAt: try row.timestamp("started_at"), finishedAt: try row.timestamp("finished_at"),
                status: try row.optionalInt("status"), error: try row.optionalText("error"),
                address: try row.optionalText("address"), response: try row.optionalText("response"))
        }
    }

    /// Sends again now, whatever became of it; the `webhook-id` stays. What had ended gets one attempt, without retries.
    /// Returns false while an attempt is under way, while the endpoint is disabled or deleted, and when its body is forgotten.
    package func redeliver(_ id: DeliveryID) throws -> Bool {
        let changed = try tx.sql.execute(
            """
            UPDATE delivery SET state = 'pending', due_at = ?, finished_at = NULL,
                is_manual = CASE WHEN state IN ('succeeded', 'failed') THEN 1 ELSE is_manual END
            WHERE id = ? AND state <> 'sending' AND length(body) > 0
                AND endpoint_id IN (SELECT id FROM endpoint WHERE state = 'enabled')
            """, [.time(tx.now), .id(id)])
        if changed == 1 { try tx.sql.notify(WakeUp.deliveries) }
        return changed == 1
    }

    package enum Result: Sendable {
        case succeeded
        case retry(at: Timestamp)
        case failed
        case held
    }

    /// The end of an attempt, fenced by its claim: returns false when the claim was lost, and then nothing is written.
    package func settle(_ claimed: ClaimedDelivery, attempt: DeliveryAttempt, result: Result) throws -> Bool {
        let (state, due, finished): (DeliveryState, Timestamp, Timestamp?) =
            switch result {
            case .succeeded: (.succeeded, tx.now, tx.now)
            case .retry(let at): (.pending, at, nil)
            case .failed: (.failed, tx.now, tx.now)
            case .held: (.held, tx.now, nil)
            }
        let changed = try tx.sql.execute(
            """
            UPDATE delivery SET state = ?, attempt = ?, due_at = ?, finished_at = ?, last_status = ?, last_error = ?,
                is_manual = 0, claim_id = NULL, claimed_by = NULL, lease_until = NULL
            WHERE id = ? AND claim_id = ? AND state = 'sending'
            """,
            [
                .name(state), .int(attempt.attempt), .time(due), .time(finished), .int(attempt.status),
                .text(attempt.error), .id(claimed.id), .id(claimed.claim),
            ])
        guard changed == 1 else { return false }
        if state == .succeeded, claimed.isRawForward { try forgetBody(of: claimed.id) }
        try tx.sql.execute(
            """
            INSERT INTO delivery_attempt (delivery_id, attempt, is_manual, started_at, finished_at, status, error,
                address, response)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (delivery_id, attempt) DO NOTHING
            """,
            [
                .id(claimed.id), .int(attempt.attempt), .bool(attempt.isManual), .time(attempt.startedAt),
                .time(attempt.finishedAt), .int(attempt.status), .text(attempt.error), .text(attempt.address),
                .text(attempt.response),
            ])
        return true
    }

    /// Whether what was sent is no longer kept, since it arrived and was not ours to keep.
    package func isForgotten(_ id: DeliveryID) throws -> Bool {
        try tx.sql.first("SELECT id FROM delivery WHERE id = ? AND length(body) = 0", [.id(id)]) != nil
    }

    /// Messages of a customer's customers are kept no longer than it takes to hand them on.
    private func forgetBody(of id: DeliveryID) throws {
        try tx.sql.execute("UPDATE delivery SET body = ? WHERE id = ?", [.blob([]), .id(id)])
    }

    /// Puts a claimed delivery back without counting an attempt (open breaker, full endpoint, shutdown).
    package func release(_ claimed: ClaimedDelivery, dueAt: Timestamp) throws {
        try tx.sql.execute(
            """
            UPDATE delivery SET state = 'pending', due_at = ?, claim_id = NULL, claimed_by = NULL, lease_until = NULL
            WHERE id = ? AND claim_id = ? AND state = 'sending'
            """, [.time(dueAt), .id(claimed.id), .id(claimed.claim)])
    }

    /// How many are not done. Each from an index of its own, so that those that are done cost nothing.
    package func counts() throws -> [DeliveryState: Int] {
        var counts: [DeliveryState: Int] = [:]
        for state in [DeliveryState.pending, .sending, .held] {
            let row = try tx.sql.first("SELECT COUNT(*) AS n FROM delivery WHERE \(Self.condition(state))", [])
            if let count = try row?.int("n"), count > 0 { counts[state] = count }
        }
        return counts
    }

    static let columns = """
        id, event_id, endpoint_id, partner_id, state, attempt, due_at, last_status, last_error, created_at, finished_at
        """

    static func read(_ row: SQLRow) throws -> Delivery {
        Delivery(
            id: try row.id("id"), eventID: try row.id("event_id"), endpointID: try row.id("endpoint_id"),
            partnerID: try row.id("partner_id"), state: try row.value("state"), attempt: try row.int("attempt"),
            dueAt: try row.timestamp("due_at"), lastStatus: try row.optionalInt("last_status"),
            lastError: try row.optionalText("last_error"), createdAt: try row.timestamp("created_at"),
            finishedAt: try row.optionalTimestamp("finished_at"))
    }
}

extension StoreTransaction {
    package var deliveries: DeliveryTable { DeliveryTable(tx: self) }
}
