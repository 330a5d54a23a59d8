// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct AppTable {
    let tx: StoreTransaction

    package func upsert(_ app: MetaApp) throws {
        try tx.sql.execute(
            """
            INSERT INTO meta_app (id, kind, business_id, system_user_id, credit_line_id, config_id,
                new_customers_max, credit_sharing, offboard_on_removal, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, business_id = excluded.business_id,
                system_user_id = excluded.system_user_id, credit_line_id = excluded.credit_line_id,
                config_id = excluded.config_id, credit_sharing = excluded.credit_sharing,
                offboard_on_removal = excluded.offboard_on_removal,
                new_customers_max = COALESCE(excluded.new_customers_max, meta_app.new_customers_max), updated_at = excluded.updated_at
            """,
            [
                .id(app.id), .name(app.kind), .id(app.businessID), .id(app.systemUserID), .id(app.creditLineID),
                .text(app.configID), .int(app.newCustomersMax), .name(app.creditSharing),
                .bool(app.offboardsOnRemoval), .time(tx.now), .time(tx.now),
            ])
    }

    package func find(_ id: AppID) throws -> MetaApp? {
        try tx.sql.first("SELECT * FROM meta_app WHERE id = ?", [.id(id)]).map(Self.read(_:))
    }

    /// Oldest first.
    package func all() throws -> [MetaApp] {
        try tx.sql.query("SELECT * FROM meta_app ORDER BY created_at, id").map(Self.read(_:))
    }

    private static func read(_ row: SQLRow) throws -> MetaApp {
        MetaApp(
            id: try row.id("id"), kind: try row.value("kind"), businessID: try row.id("business_id"),
            systemUserID: try row.optionalID("system_user_id"), creditLineID: try row.optionalID("credit_line_id"),
            configID: try row.optionalText("config_id"),
            newCustomersMax: try row.optionalInteger("new_customers_max").map(Int.init),
            creditSharing: try row.optionalValue("credit_sharing") ?? .classic,
            offboardsOnRemoval: try row.optionalInteger("offboard_on_removal") == 1)
    }
}

extension StoreTransaction {
    package var apps: AppTable { AppTable(tx: self) }
}
