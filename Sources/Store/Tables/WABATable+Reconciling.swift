// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// What a reconciliation and an import ask of the records.
extension WABATable {
    /// Records of an app by id, so that a long walk over them never sees one twice.
    package func walk(app: AppID, after: WABAID?, limit: Int) throws -> [WABA] {
        try tx.sql.query(
            "SELECT * FROM waba WHERE app_id || '' = ? AND id > ? ORDER BY id LIMIT ?",
            [.id(app), .text(after?.rawValue ?? ""), .int(limit)]
        ).map(Self.read(_:))
    }

    package func count(app: AppID) throws -> Int {
        try tx.sql.first("SELECT COUNT(*) AS n FROM waba WHERE app_id = ?", [.id(app)])?.int("n") ?? 0
    }

    package func tokenExpiry(of id: WABAID) throws -> Timestamp? {
        try tx.sql.first("SELECT token_expires_at FROM waba WHERE id = ?", [.id(id)])?
            .optionalTimestamp("token_expires_at")
    }

    /// Whether another WABA of the business is held here.
    package func hasSibling(of waba: WABA) throws -> Bool {
        guard let business = waba.businessID else { return false }
        return try tx.sql.first(
            """
            SELECT id FROM waba WHERE business_id = ? AND id <> ? AND state || '' IN ('onboarding', 'live', 'restricted')
            LIMIT 1
            """, [.id(business), .id(waba.id)]) != nil
    }

    /// The callback that the newest live onboarding of this WABA set, and which onboarding keeps its verify token.
    package func expectedCallback(of waba: WABA) throws -> (onboarding: OnboardingID, uri: String)? {
        let row = try tx.sql.first(
            """
            SELECT id, input FROM onboarding WHERE proven_waba_id = ? AND partner_id || '' = ? AND state || '' = 'live'
            ORDER BY created_at + 0 DESC LIMIT 1
            """, [.id(waba.id), .id(waba.partnerID)])
        guard let row else { return nil }
        let input: OnboardingInput = try StoredJSON.decode(try row.text("input"))
        return try input.callbackURI.map { (try row.id("id"), $0) }
    }

    /// Whether a partner here asked for the WABA, or has the operator's word for its business.
    package func isExpected(_ id: WABAID, business: BusinessID?) throws -> Bool {
        if try !claimants(of: id).isEmpty { return true }
        return try business.flatMap { try tx.partners.approvedPartner(of: $0) } != nil
    }
}
