// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct PartnerTable {
    let tx: StoreTransaction

    package func insert(_ partner: Partner) throws {
        try tx.sql.execute(
            """
            INSERT INTO partner (id, name, app_id, is_whatsapp_enabled, default_currency, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .id(partner.id), .text(partner.name), .id(partner.appID), .bool(partner.isWhatsAppEnabled),
                .name(partner.defaultCurrency), .time(partner.createdAt),
            ])
    }

    package func find(_ id: PartnerID) throws -> Partner? {
        try tx.sql.first("SELECT * FROM partner WHERE id = ?", [.id(id)]).map(Self.read(_:))
    }

    package func page(_ request: PageRequest) throws -> Page<Partner> {
        try KeysetQuery("SELECT * FROM partner").page(request, in: tx.sql, Self.read(_:))
    }

    /// Returns whether the partner exists.
    package func setWhatsApp(isEnabled: Bool, for id: PartnerID) throws -> Bool {
        try tx.sql.execute("UPDATE partner SET is_whatsapp_enabled = ? WHERE id = ?", [.bool(isEnabled), .id(id)]) == 1
    }

    /// A solution belongs to one partner; returns false when it is another's.
    package func addSolution(_ solution: SolutionID, to partner: PartnerID) throws -> Bool {
        try tx.sql.execute(
            "INSERT INTO partner_solution (solution_id, partner_id) VALUES (?, ?) ON CONFLICT (solution_id) DO NOTHING",
            [.id(solution), .id(partner)])
        return try owner(of: solution) == partner
    }

    package func owner(of solution: SolutionID) throws -> PartnerID? {
        try tx.sql.first("SELECT partner_id FROM partner_solution WHERE solution_id = ?", [.id(solution)])?
            .id("partner_id")
    }

    package func solutions(of partner: PartnerID) throws -> [SolutionID] {
        try tx.sql.query(
            "SELECT solution_id FROM partner_solution WHERE partner_id = ? ORDER BY solution_id", [.id(partner)]
        )
        .map { try $0.id("solution_id") }
    }

    /// The operator's word that a business is this partner's customer; returns false when it is another's.
    package func approve(_ business: BusinessID, for partner: PartnerID) throws -> Bool {
        try tx.sql.execute(
            """
            INSERT INTO approved_business (business_id, partner_id, approved_at) VALUES (?, ?, ?)
            ON CONFLICT (business_id) DO NOTHING
            """,
            [.id(business), .id(partner), .time(tx.now)])
        return try approvedPartner(of: business) == partner
    }

    package func approvedPartner(of business: BusinessID) throws -> PartnerID? {
        try tx.sql.first("SELECT partner_id FROM approved_business WHERE business_id = ?", [.id(business)])?
            .id("partner_id")
    }

    private static func read(_ row: SQLRow) throws -> Partner {
        Partner(
            id: try row.id("id"), name: try row.text("name"), appID: try row.id("app_id"),
            isWhatsAppEnabled: try row.bool("is_whatsapp_enabled"),
            defaultCurrency: try row.optionalValue("default_currency"), createdAt: try row.timestamp("created_at"))
    }
}

extension StoreTransaction {
    package var partners: PartnerTable { PartnerTable(tx: self) }
}
