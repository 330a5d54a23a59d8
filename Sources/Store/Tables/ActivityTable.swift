// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct ActivityTable {
    let tx: StoreTransaction

    package func record(partner: PartnerID?, actor: String, action: String, target: String, detail: String? = nil)
        throws
    {
        try tx.sql.execute(
            "INSERT INTO activity (id, partner_id, actor, action, target, detail, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                .id(ActivityID(at: tx.now)), .id(partner), .text(actor), .text(action), .text(target), .text(detail),
                .time(tx.now),
            ])
    }

    package func page(of partner: PartnerID?, target: String? = nil, _ request: PageRequest) throws -> Page<Activity> {
        var query = KeysetQuery("SELECT * FROM activity", timeColumn: "at")
        if let partner { query.filter("partner_id = ?", .id(partner)) }
        if let target { query.filter("target = ?", .text(target)) }
        return try query.page(request, in: tx.sql) { row in
            Activity(
                id: try row.id("id"), partnerID: try row.optionalID("partner_id"), actor: try row.text("actor"),
                action: try row.text("action"), target: try row.text("target"), detail: try row.optionalText("detail"),
                at: try row.timestamp("at"))
        }
    }
}

extension StoreTransaction {
    package var activities: ActivityTable { ActivityTable(tx: self) }
}
