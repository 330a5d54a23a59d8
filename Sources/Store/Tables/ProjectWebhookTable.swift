// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct ProjectWebhookTable {
    let tx: StoreTransaction

    package func insert(_ webhook: ProjectWebhook) throws {
        try tx.sql.execute(
            """
            INSERT INTO project_webhook (id, project_id, endpoint_id, target, triggers, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .id(webhook.id), .id(webhook.projectID), .id(webhook.endpointID), .text(webhook.target),
                .text(try StoredJSON.encode(webhook.triggers)), .time(webhook.createdAt),
            ])
    }

    package func update(_ webhook: ProjectWebhook) throws {
        try tx.sql.execute(
            "UPDATE project_webhook SET target = ?, triggers = ? WHERE id = ?",
            [.text(webhook.target), .text(try StoredJSON.encode(webhook.triggers)), .id(webhook.id)])
    }

    package func delete(_ id: ProjectWebhookID) throws {
        try tx.sql.execute("DELETE FROM project_webhook WHERE id = ?", [.id(id)])
    }

    /// Newest first; there are at most 15 a project.
    package func all(of project: ProjectID) throws -> [ProjectWebhook] {
        try tx.sql.query(
            "SELECT * FROM project_webhook WHERE project_id = ? ORDER BY created_at DESC, id DESC", [.id(project)]
        ).map(Self.read(_:))
    }

    package func find(endpoint: EndpointID) throws -> ProjectWebhook? {
        try tx.sql.first("SELECT * FROM project_webhook WHERE endpoint_id = ?", [.id(endpoint)]).map(Self.read(_:))
    }

    private static func read(_ row: SQLRow) throws -> ProjectWebhook {
        ProjectWebhook(
            id: try row.id("id"), projectID: try row.id("project_id"), endpointID: try row.id("endpoint_id"),
            target: try row.text("target"), triggers: try StoredJSON.decode(try row.text("triggers")),
            createdAt: try row.timestamp("created_at"))
    }
}

extension StoreTransaction {
    package var projectWebhooks: ProjectWebhookTable { ProjectWebhookTable(tx: self) }
}
