// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct ActivityTable {
    let tx: StoreTransaction

    package func record(
        partner: PartnerID?, actor: String, action: String, target: String, detail: String? = nil
    ) throws {
        _ = try add(partner: partner, actor: actor, action: action, target: target, detail: detail)
    }

    /// As `record`, for who shows what was recorded.
    package func add(
        partner: PartnerID?, actor: String, action: String, target: String, detail: String? = nil
    ) throws -> Activity {
        let activity = Activity(
            id: ActivityID(at: tx.now), partnerID: partner, actor: actor, action: action, target: target,
            detail: detail, at: tx.now)
        try tx.sql.execute(
            "INSERT INTO activity (id, partner_id, actor, action, target, detail, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                .id(activity.id), .id(partner), .text(actor), .text(action), .text(target), .text(detail),
                .time(tx.now),
            ])
        return activity
    }

    package func page(
        of partner: PartnerID?, target: String? = nil, action: String? = nil, _ request: PageRequest
    ) throws -> Page<Activity> {
        var query = KeysetQuery("SELECT * FROM activity", timeColumn: "at")
        if let partner { query.filter("partner_id = ?", .id(partner)) }
        if let target { query.narrow("target = ?", .text(target)) }
        if let action { query.filter("action = ?", .text(action)) }
        return try query.page(request, in: tx.sql) { try $0.activity() }
    }
}

extension SQLRow {
    func activity() throws(SQLError) -> Activity {
        Activity(
            id: try id("id"), partnerID: try optionalID("partner_id"), actor: try text("actor"),
            action: try text("action"), target: try text("target"), detail: try optionalText("detail"),
            at: try timestamp("at"))
    }
}

extension StoreTransaction {
    package var activities: ActivityTable { ActivityTable(tx: self) }
}
