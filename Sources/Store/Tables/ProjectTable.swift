// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// Projects with what belongs to them: access keys, token keys, grants and webhooks.
package struct ProjectTable {
    let tx: StoreTransaction

    package func insert(_ project: Project) throws {
        try tx.sql.execute(
            "INSERT INTO project (id, partner_id, customer_id, name, solution_id, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .id(project.id), .id(project.partnerID), .id(project.customerID), .text(project.name),
                .id(project.solutionID), .time(project.createdAt),
            ])
    }

    /// Removed ones included: the caller decides.
    package func find(_ id: ProjectID) throws -> Project? {
        try tx.sql.first("SELECT * FROM project WHERE id = ?", [.id(id)]).map(Self.read(_:))
    }

    package func find(customer: CustomerID) throws -> Project? {
        try tx.sql.first("SELECT * FROM project WHERE customer_id = ? AND removed_at IS NULL", [.id(customer)])
            .map(Self.read(_:))
    }

    package func page(of partner: PartnerID?, _ request: PageRequest) throws -> Page<Project> {
        var query = KeysetQuery("SELECT * FROM project")
        if let partner { query.filter("partner_id = ?", .id(partner)) }
        return try query.page(request, in: tx.sql, Self.read(_:))
    }

    package func setSolution(_ solution: SolutionID, of id: ProjectID) throws {
        try tx.sql.execute("UPDATE project SET solution_id = ? WHERE id = ?", [.id(solution), .id(id)])
    }

    /// Returns false when there is no such project or it was removed before.
    package func remove(_ id: ProjectID) throws -> Bool {
        try tx.sql.execute(
            "UPDATE project SET removed_at = ? WHERE id = ? AND removed_at IS NULL", [.time(tx.now), .id(id)]) == 1
    }

    // MARK: Access keys

    /// `hash` is SHA-256 of the secret; the secret itself is never stored.
    package func insert(_ key: AccessKey, hash: [UInt8]) throws {
        try tx.sql.execute(
            "INSERT INTO access_key (id, partner_id, project_id, hash, created_at) VALUES (?, ?, ?, ?, ?)",
            [.id(key.id), .id(key.partnerID), .id(key.projectID), .blob(hash), .time(key.createdAt)])
    }

    /// Revoked keys included: the caller decides.
    package func accessKey(_ id: AccessKeyID) throws -> (key: AccessKey, hash: [UInt8])? {
        guard let row = try tx.sql.first("SELECT * FROM access_key WHERE id = ?", [.id(id)]) else { return nil }
        return (try Self.readKey(row), try row.blob("hash"))
    }

    package func accessKeys(of partner: PartnerID) throws -> [AccessKey] {
        try tx.sql.query("SELECT * FROM access_key WHERE partner_id = ? ORDER BY created_at, id", [.id(partner)])
            .map(Self.readKey(_:))
    }

    /// Returns false when there is no such key or it was revoked before.
    package func revoke(_ id: AccessKeyID) throws -> Bool {
        try tx.sql.execute(
            "UPDATE access_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", [.time(tx.now), .id(id)]) == 1
    }

    // MARK: Keys that sign access tokens

    package func insertTokenKey(_ id: TokenKeyID, secret: OtherSecret, at now: Timestamp) throws {
        try tx.sql.execute(
            "UPDATE access_token_key SET retired_at = ? WHERE retired_at IS NULL", [.time(now)])
        try tx.sql.execute("INSERT INTO access_token_key (id, created_at) VALUES (?, ?)", [.id(id), .time(now)])
        try tx.secrets.put(secret, as: .tokenKey, of: .tokenKey(id))
    }

    /// The signing key first; retired ones only while a token of theirs may live (`since`).
    package func tokenKeys(retiredSince since: Timestamp) throws -> [(
        id: TokenKeyID, createdAt: Timestamp, secret: OtherSecret
    )] {
        try tx.sql.query(
            """
            SELECT * FROM access_token_key WHERE retired_at IS NULL OR retired_at > ?
            ORDER BY CASE WHEN retired_at IS NULL THEN 0 ELSE 1 END, created_at DESC
            """, [.time(since)]
        ).compactMap { row in
            let id: TokenKeyID = try row.id("id")
            let secret = try tx.secrets.get(.tokenKey, of: .tokenKey(id), as: OtherSecret.self)
            return try secret.map { (id, try row.timestamp("created_at"), $0) }
        }
    }

    // MARK: Grants

    package func setGrant(_ grant: PartnerGrant, isGiven: Bool, to partner: PartnerID) throws {
        if isGiven {
            try tx.sql.execute(
                "INSERT INTO partner_grant (partner_id, name, granted_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [.id(partner), .name(grant), .time(tx.now)])
        } else {
            try tx.sql.execute(
                "DELETE FROM partner_grant WHERE partner_id = ? AND name = ?", [.id(partner), .name(grant)])
        }
    }

    package func isGranted(_ grant: PartnerGrant, to partner: PartnerID) throws -> Bool {
        try tx.sql.first(
            "SELECT name FROM partner_grant WHERE partner_id = ? AND name = ?", [.id(partner), .name(grant)]) != nil
    }

    private static func readKey(_ row: SQLRow) throws -> AccessKey {
        AccessKey(
            id: try row.id("id"), partnerID: try row.id("partner_id"), projectID: try row.optionalID("project_id"),
            createdAt: try row.timestamp("created_at"), revokedAt: try row.optionalTimestamp("revoked_at"))
    }

    private static func read(_ row: SQLRow) throws -> Project {
        Project(
            id: try row.id("id"), partnerID: try row.id("partner_id"), customerID: try row.id("customer_id"),
            name: try row.text("name"), solutionID: try row.optionalID("solution_id"),
            createdAt: try row.timestamp("created_at"), removedAt: try row.optionalTimestamp("removed_at"))
    }
}

extension StoreTransaction {
    package var projects: ProjectTable { ProjectTable(tx: self) }
}
