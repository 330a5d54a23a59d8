// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// A delivery that this node may send now, with everything that sending needs but the secret.
package struct ClaimedDelivery: Sendable {
    package let id: DeliveryID
    package let claim: ClaimID
    package let eventID: EventID
    package let endpointID: EndpointID
    /// Attempts made so far.
    package let attempt: Int
    /// Asked for by a person after it had ended: one attempt, no retries.
    package let isManual: Bool
    package let createdAt: Timestamp
    package let headers: [String: String]
    package let body: [UInt8]

    /// Whether the body is what Meta sent, with the contents of messages.
    var isRawForward: Bool { headers[RawChange.header] == RawChange.headerValue }

    static let columns = "id, event_id, endpoint_id, attempt, is_manual, created_at, headers, body"

    init(_ row: SQLRow, claim: ClaimID) throws {
        id = try row.id("id")
        self.claim = claim
        eventID = try row.id("event_id")
        endpointID = try row.id("endpoint_id")
        attempt = try row.int("attempt")
        isManual = try row.bool("is_manual")
        createdAt = try row.timestamp("created_at")
        headers = try StoredJSON.decode(try row.text("headers"))
        body = try row.blob("body")
    }
}

/// How many deliveries one endpoint may be given.
package struct DeliveryQuota: Sendable, Hashable {
    package let endpoint: EndpointID
    package let limit: Int

    package init(endpoint: EndpointID, limit: Int) {
        self.endpoint = endpoint
        self.limit = limit
    }
}

extension Store {
    /// Quotas in one ``claimDeliveries(_:node:lease:)``.
    package static let deliveryQuotasMax = 32

    /// Takes deliveries that are due, oldest first, whatever their endpoint.
    package func claimDeliveries(limit: Int, node: NodeID, lease: Duration) async throws -> [ClaimedDelivery] {
        try await claimDeliveries(
            eligible: "state = 'pending' AND due_at <= ?", parameters: [.time(clock.now())], limit: limit, node: node,
            lease: lease)
    }

    /// Takes each endpoint's oldest due deliveries up to its quota, so that no backlog stands before another endpoint's.
    package func claimDeliveries(_ quotas: [DeliveryQuota], node: NodeID, lease: Duration) async throws
        -> [ClaimedDelivery]
    {
        precondition(quotas.count <= Self.deliveryQuotasMax, "a longer statement than the engines prepare")
        guard !quotas.isEmpty else { return [] }
        let now = SQLValue.time(clock.now())
        // Filled up to a power of two, so that few statements are prepared.
        var slots = 1
        while slots < quotas.count { slots *= 2 }
        let parts = (0..<slots).map { index in
            """
            SELECT id FROM (SELECT id FROM delivery WHERE state = 'pending' AND endpoint_id = ? AND due_at <= ? \
            ORDER BY due_at, id LIMIT ?) AS lane\(index)
            """
        }
        var parameters: [SQLValue] = []
        for index in 0..<slots {
            let quota = quotas[min(index, quotas.count - 1)]
            parameters += [.id(quota.endpoint), now, .int(index < quotas.count ? quota.limit : 0)]
        }
        return try await claimDeliveries(
            eligible: "state = 'pending' AND id IN (\(parts.joined(separator: " UNION ALL ")))", parameters: parameters,
            limit: quotas.reduce(0) { $0 + $1.limit }, node: node, lease: lease)
    }

    private func claimDeliveries(
        eligible: String, parameters: [SQLValue], limit: Int, node: NodeID, lease: Duration
    ) async throws -> [ClaimedDelivery] {
        let claim = ClaimID(at: machineClock.now())
        let rows = try await database.claim(
            ClaimStatement(
                table: "delivery", set: "state = 'sending', claim_id = ?, claimed_by = ?, lease_until = ?",
                setParameters: [.id(claim), .id(node), .time(machineClock.now() + lease)], eligible: eligible,
                eligibleParameters: parameters, order: "due_at, id", limit: limit,
                returning: "due_at, " + ClaimedDelivery.columns))
        return try rows.map { (due: try $0.timestamp("due_at"), claimed: try ClaimedDelivery($0, claim: claim)) }
            .sorted { ($0.due, $0.claimed.id.rawValue) < ($1.due, $1.claimed.id.rawValue) }
            .map(\.claimed)
    }

    /// When the next delivery is due, if any.
    package func nextDeliveryDue() async throws -> Timestamp? {
        try await read { tx in
            try tx.sql.first("SELECT due_at FROM delivery WHERE state = 'pending' ORDER BY due_at, id LIMIT 1")?
                .timestamp("due_at")
        }
    }
}

extension DeliveryTable {
    /// Which endpoints have deliveries that are due, and when the next one that is not yet due will be.
    package struct Outlook: Sendable {
        package let endpoints: [EndpointID]
        package let next: Timestamp?
    }

    /// Rows looked at before the endpoints are asked one by one.
    private static let glanceMax = 200

    package func outlook() throws -> Outlook {
        let next = try tx.sql.first(
            """
            SELECT due_at FROM delivery WHERE state = 'pending' AND due_at > ? ORDER BY due_at, id LIMIT 1
            """, [.time(tx.now)])
        let glance = try tx.sql.query(
            "SELECT endpoint_id FROM delivery WHERE state = 'pending' AND due_at <= ? ORDER BY due_at, id LIMIT ?",
            [.time(tx.now), .int(Self.glanceMax)])
        let rows = glance.count < Self.glanceMax ? glance : try dueLanes()
        let endpoints = Set(try rows.map { row -> EndpointID in try row.id("endpoint_id") })
        return Outlook(
            endpoints: endpoints.sorted { $0.rawValue < $1.rawValue }, next: try next?.timestamp("due_at"))
    }

    /// Jumps from endpoint to endpoint in the index, so that the length of a backlog does not matter.
    private func dueLanes() throws -> [SQLRow] {
        try tx.sql.query(
            """
            WITH RECURSIVE lane (endpoint_id) AS (
                SELECT MIN(endpoint_id) FROM delivery WHERE state = 'pending'
                UNION ALL
                SELECT (SELECT MIN(d.endpoint_id) FROM delivery d
                        WHERE d.state = 'pending' AND d.endpoint_id > lane.endpoint_id)
                FROM lane WHERE lane.endpoint_id IS NOT NULL
            )
            SELECT endpoint_id FROM lane WHERE endpoint_id IS NOT NULL AND EXISTS (
                SELECT 1 FROM delivery d
                WHERE d.state = 'pending' AND d.endpoint_id = lane.endpoint_id AND d.due_at <= ?)
            """, [.time(tx.now)])
    }

    /// Puts a claimed delivery aside until its endpoint is enabled, without counting an attempt.
    package func hold(_ claimed: ClaimedDelivery) throws {
        try tx.sql.execute(
            """
            UPDATE delivery SET state = 'held', claim_id = NULL, claimed_by = NULL, lease_until = NULL
            WHERE id = ? AND claim_id = ? AND state = 'sending'
            """, [.id(claimed.id), .id(claimed.claim)])
    }

    /// Frees what `node` holds by claims it does not know of: the database took them and the answer was lost.
    package func releaseStrays(of node: NodeID, knowing claims: Set<ClaimID>) throws -> Int {
        let rows = try tx.sql.query(
            "SELECT DISTINCT claim_id FROM delivery WHERE claimed_by = ? AND state = 'sending'", [.id(node)])
        return try rows.map { row -> ClaimID in try row.id("claim_id") }.filter { !claims.contains($0) }
            .reduce(0) { released, claim in
                released
                    + (try tx.sql.execute(
                        """
                        UPDATE delivery SET state = 'pending', claim_id = NULL, claimed_by = NULL, lease_until = NULL
                        WHERE claimed_by = ? AND claim_id = ? AND state = 'sending'
                        """, [.id(node), .id(claim)]))
            }
    }
}
