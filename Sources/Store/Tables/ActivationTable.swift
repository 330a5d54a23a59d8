// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct ActivationTable {
    let tx: StoreTransaction

    /// Inserts and returns it with its number; nil when the account has an open request.
    package func insert(_ activation: Activation) throws -> Activation? {
        let request = activation.request
        let certificate = activation.certificate
        let row = try tx.sql.first(
            """
            INSERT INTO activation (id, sid, partner_id, display_name, phone_number, business_id, business_name,
                incoming_url, certificate_name, certificate_type, certificate_size, certificate_sha256, state, is_open,
                created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (sid) WHERE is_open = 1 DO NOTHING RETURNING number
            """,
            [
                .id(activation.id), .id(activation.sid), .id(activation.partnerID), .text(request.displayName),
                .text(request.phoneNumber), .id(request.businessID), .text(request.businessName),
                .text(request.incomingURL), .text(certificate.name), .name(certificate.type), .int(certificate.size),
                .text(certificate.sha256), .name(activation.state), .bool(activation.state.isOpen),
                .time(activation.createdAt), .time(activation.updatedAt),
            ])
        guard let row else { return nil }
        var stored = activation
        stored.number = try row.integer("number")
        return stored
    }

    package func find(_ id: ActivationID, of partner: PartnerID?) throws -> Activation? {
        guard let row = try tx.sql.first("SELECT * FROM activation WHERE id = ?", [.id(id)]) else { return nil }
        let activation = try Self.read(row)
        return partner == nil || activation.partnerID == partner ? activation : nil
    }

    /// The request that blocks another one of this account.
    package func open(of sid: AccountSID) throws -> Activation? {
        try tx.sql.first("SELECT * FROM activation WHERE sid = ? AND is_open = 1", [.id(sid)]).map(Self.read(_:))
    }

    package func latest(of sid: AccountSID) throws -> Activation? {
        try tx.sql.first(
            // Of two in one millisecond the rejected one came first: only then may there be another.
            """
            SELECT * FROM activation WHERE sid = ?
            ORDER BY created_at DESC, CASE WHEN state = 'rejected' THEN 1 ELSE 0 END, id DESC LIMIT 1
            """, [.id(sid)]
        ).map(Self.read(_:))
    }

    package func find(onboarding: OnboardingID) throws -> Activation? {
        try tx.sql.first("SELECT * FROM activation WHERE onboarding_id = ?", [.id(onboarding)]).map(Self.read(_:))
    }

    /// Writes the decision and what came of it.
    package func save(_ activation: Activation) throws {
        try tx.sql.execute(
            """
            UPDATE activation SET state = ?, is_open = ?, reason = ?, decided_by = ?, decided_at = ?, onboarding_id = ?,
                updated_at = ?
            WHERE id = ?
            """,
            [
                .name(activation.state), .bool(activation.state.isOpen), .text(activation.reason),
                .text(activation.decidedBy), .time(activation.decidedAt), .id(activation.onboardingID), .time(tx.now),
                .id(activation.id),
            ])
    }

    package func page(
        of partner: PartnerID?, state: ActivationState? = nil, sid: AccountSID? = nil, _ request: PageRequest
    ) throws -> Page<Activation> {
        var query = KeysetQuery("SELECT * FROM activation")
        if let partner { query.filter("partner_id = ?", .id(partner)) }
        if let state { query.filter("state = ?", .name(state)) }
        if let sid { query.filter("sid = ?", .id(sid)) }
        return try query.page(request, in: tx.sql, Self.read(_:))
    }

    /// Whether a row names this certificate file.
    package func isCertificateKnown(_ name: String) throws -> Bool {
        try tx.sql.first("SELECT number FROM activation WHERE certificate_name = ?", [.text(name)]) != nil
    }

    private static func read(_ row: SQLRow) throws -> Activation {
        let request = ActivationRequest(
            displayName: try row.text("display_name"), phoneNumber: try row.text("phone_number"),
            businessID: try row.id("business_id"), businessName: try row.text("business_name"),
            incomingURL: try row.optionalText("incoming_url"))
        let certificate = Certificate(
            name: try row.text("certificate_name"), type: try row.value("certificate_type"),
            size: try row.int("certificate_size"), sha256: try row.text("certificate_sha256"))
        var activation = Activation(
            id: try row.id("id"), number: try row.integer("number"), sid: try row.id("sid"),
            partnerID: try row.id("partner_id"), request: request, certificate: certificate,
            state: try row.value("state"), createdAt: try row.timestamp("created_at"))
        activation.reason = try row.optionalText("reason")
        activation.decidedBy = try row.optionalText("decided_by")
        activation.decidedAt = try row.optionalTimestamp("decided_at")
        activation.onboardingID = try row.optionalID("onboarding_id")
        activation.updatedAt = try row.timestamp("updated_at")
        return activation
    }
}

extension StoreTransaction {
    package var activations: ActivationTable { ActivationTable(tx: self) }
}
