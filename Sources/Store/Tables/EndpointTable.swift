// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct EndpointTable {
    let tx: StoreTransaction

    package func insert(_ endpoint: Endpoint) throws {
        try tx.sql.execute(
            """
            INSERT INTO endpoint (id, partner_id, customer_id, phone_number, url, events, format, state, failures,
                created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
            """,
            [
                .id(endpoint.id), .id(endpoint.partnerID), .id(endpoint.customerID),
                .text(endpoint.phoneNumber), .text(endpoint.url),
                .text(try StoredJSON.encode(endpoint.events.patterns)), .name(endpoint.format), .name(endpoint.state),
                .time(endpoint.createdAt), .time(endpoint.updatedAt),
            ])
    }

    package func find(_ id: EndpointID, of partner: PartnerID?) throws -> Endpoint? {
        guard let row = try tx.sql.first("SELECT * FROM endpoint WHERE id = ?", [.id(id)]) else { return nil }
        let endpoint = try Self.read(row)
        return partner == nil || endpoint.partnerID == partner ? endpoint : nil
    }

    package func all(of partner: PartnerID) throws -> [Endpoint] {
        try tx.sql.query("SELECT * FROM endpoint WHERE partner_id = ? ORDER BY created_at, id", [.id(partner)])
            .map(Self.read(_:))
    }

    /// The endpoint that hears of this number alone, if there is one.
    package func find(phoneNumber: String, of partner: PartnerID) throws -> Endpoint? {
        try tx.sql.first(
            "SELECT * FROM endpoint WHERE partner_id = ? AND phone_number = ? ORDER BY created_at, id LIMIT 1",
            [.id(partner), .text(phoneNumber)]
        ).map(Self.read(_:))
    }

    package func page(of partner: PartnerID?, _ request: PageRequest) throws -> Page<Endpoint> {
        var query = KeysetQuery("SELECT * FROM endpoint")
        if let partner { query.filter("partner_id = ?", .id(partner)) }
        return try query.page(request, in: tx.sql, Self.read(_:))
    }

    package func update(_ endpoint: Endpoint) throws {
        try tx.sql.execute(
            """
            UPDATE endpoint SET url = ?, events = ?, format = ?, state = ?, disabled_reason = ?, updated_at = ? WHERE id = ?
            """,
            [
                .text(endpoint.url), .text(try StoredJSON.encode(endpoint.events.patterns)), .name(endpoint.format),
                .name(endpoint.state), .text(endpoint.disabledReason), .time(tx.now), .id(endpoint.id),
            ])
    }

    /// Its deliveries stay readable; pending ones fail, since there is nowhere to send them.
    package func delete(_ id: EndpointID) throws {
        try tx.sql.execute("DELETE FROM endpoint WHERE id = ?", [.id(id)])
        try tx.sql.execute(
            """
            UPDATE delivery SET state = 'failed', last_error = 'endpoint_deleted', finished_at = ?
            WHERE endpoint_id = ? AND state IN ('pending', 'held', 'sending')
            """, [.time(tx.now), .id(id)])
    }

    /// One failed attempt. Returns since when, and how often, the endpoint has failed without one success.
    package func recordFailure(of id: EndpointID) throws -> (since: Timestamp, failures: Int)? {
        let row = try tx.sql.first(
            """
            UPDATE endpoint SET failures = failures + 1, failing_since = COALESCE(failing_since, ?) WHERE id = ?
            RETURNING failing_since, failures
            """, [.time(tx.now), .id(id)])
        guard let row else { return nil }
        return (try row.timestamp("failing_since"), try row.int("failures"))
    }

    package func recordSuccess(of id: EndpointID) throws {
        try tx.sql.execute(
            "UPDATE endpoint SET failures = 0, failing_since = NULL WHERE id = ? AND failures > 0", [.id(id)])
    }

    /// Nothing is discarded: what is pending is held until the endpoint is enabled again.
    package func disable(_ id: EndpointID, reason: String) throws {
        try tx.sql.execute(
            "UPDATE endpoint SET state = 'disabled', disabled_reason = ?, updated_at = ? WHERE id = ?",
            [.text(reason), .time(tx.now), .id(id)])
        try tx.sql.execute("UPDATE delivery SET state = 'held' WHERE endpoint_id = ? AND state = 'pending'", [.id(id)])
    }

    /// Releases what was held.
    package func enable(_ id: EndpointID) throws {
        try tx.sql.execute(
            """
            UPDATE endpoint SET state = 'enabled', disabled_reason = NULL, failures = 0, failing_since = NULL, updated_at = ?
            WHERE id = ?
            """, [.time(tx.now), .id(id)])
        try tx.sql.execute(
            "UPDATE delivery SET state = 'pending', due_at = ? WHERE endpoint_id = ? AND state = 'held'",
            [.time(tx.now), .id(id)])
        try tx.sql.notify(WakeUp.deliveries)
    }

    private static func read(_ row: SQLRow) throws -> Endpoint {
        Endpoint(
            id: try row.id("id"), partnerID: try row.id("partner_id"), customerID: try row.optionalID("customer_id"),
            url: try row.text("url"), events: EventFilter(stored: try StoredJSON.decode(try row.text("events"))),
            format: try row.value("format"), state: try row.value("state"),
            disabledReason: try row.optionalText("disabled_reason"), createdAt: try row.timestamp("created_at"),
            updatedAt: try row.timestamp("updated_at"), phoneNumber: try row.optionalText("phone_number"))
    }
}

extension StoreTransaction {
    package var endpoints: EndpointTable { EndpointTable(tx: self) }
}
