// SPDX-License-Identifier: Apache-2.0
package import Domain
import Store

/// A project's webhooks: endpoints of format `sinch` with triggers and a secret that the client chose.
package struct ProjectWebhooks: Sendable {
    package struct Draft: Sendable {
        package var target: String?
        package var secret: OtherSecret?
        package var triggers: [String]?

        package init(target: String? = nil, secret: OtherSecret? = nil, triggers: [String]? = nil) {
            self.target = target
            self.secret = secret
            self.triggers = triggers
        }
    }

    /// Source: Sinch, webhook_limit_reached.
    package static let limit = 15

    let store: Store
    let judge: @Sendable (String) -> String?
    let makeSecret: @Sendable () -> OtherSecret

    package func list(_ scope: ProjectScope) async throws -> [ProjectWebhook] {
        try await store.read { try $0.projectWebhooks.all(of: scope.project.id) }
    }

    package func find(_ id: ProjectWebhookID, _ scope: ProjectScope) async throws -> ProjectWebhook {
        try await store.read { try webhook(id, scope, in: $0) }
    }

    package func create(
        target: String, secret: OtherSecret, triggers: [String], _ scope: ProjectScope
    ) async throws -> ProjectWebhook {
        if let trouble = judge(target) { throw ProjectError.invalidTarget(trouble) }
        return try await store.write { tx in
            let known = try tx.projectWebhooks.all(of: scope.project.id)
            guard !known.contains(where: { $0.target == target }) else { throw ProjectError.webhookExists }
            guard known.count < Self.limit else { throw ProjectError.webhookLimitReached }
            let endpoint = Endpoint(
                id: EndpointID(at: tx.now), partnerID: scope.project.partnerID, customerID: scope.project.customerID,
                url: target, events: EventFilter(stored: ["*"]), format: .sinch, state: .enabled, disabledReason: nil,
                createdAt: tx.now, updatedAt: tx.now)
            try tx.endpoints.insert(endpoint)
            try tx.secrets.put(makeSecret(), as: .signingSecret, of: .endpoint(endpoint.id))
            try tx.secrets.put(secret, as: .dialectSecret, of: .endpoint(endpoint.id))
            let webhook = ProjectWebhook(
                id: ProjectWebhookID(at: tx.now), projectID: scope.project.id, endpointID: endpoint.id, target: target,
                triggers: triggers, createdAt: tx.now)
            try tx.projectWebhooks.insert(webhook)
            try record("created", webhook, scope, in: tx)
            return webhook
        }
    }

    /// What the draft leaves out stays. A webhook that was given up for failing is tried again.
    package func update(_ id: ProjectWebhookID, _ draft: Draft, _ scope: ProjectScope) async throws -> ProjectWebhook {
        if let target = draft.target, let trouble = judge(target) { throw ProjectError.invalidTarget(trouble) }
        return try await store.write { tx in
            var webhook = try self.webhook(id, scope, in: tx)
            if let target = draft.target, target != webhook.target {
                let known = try tx.projectWebhooks.all(of: scope.project.id)
                guard !known.contains(where: { $0.target == target }) else { throw ProjectError.webhookExists }
                webhook.target = target
            }
            webhook.triggers = draft.triggers ?? webhook.triggers
            try tx.projectWebhooks.update(webhook)
            if var endpoint = try tx.endpoints.find(webhook.endpointID, of: scope.project.partnerID) {
                endpoint.url = webhook.target
                try tx.endpoints.update(endpoint)
                if endpoint.state == .disabled { try tx.endpoints.enable(endpoint.id) }
            }
            if let secret = draft.secret {
                try tx.secrets.put(secret, as: .dialectSecret, of: .endpoint(webhook.endpointID))
            }
            try record("updated", webhook, scope, in: tx)
            return webhook
        }
    }

    package func delete(_ id: ProjectWebhookID, _ scope: ProjectScope) async throws {
        try await store.write { tx in
            let webhook = try self.webhook(id, scope, in: tx)
            try tx.projectWebhooks.delete(id)
            try tx.endpoints.delete(webhook.endpointID)
            try tx.secrets.remove(.signingSecret, of: .endpoint(webhook.endpointID))
            try tx.secrets.remove(.dialectSecret, of: .endpoint(webhook.endpointID))
            try record("deleted", webhook, scope, in: tx)
        }
    }

    private func webhook(
        _ id: ProjectWebhookID, _ scope: ProjectScope, in tx: StoreTransaction
    ) throws -> ProjectWebhook {
        let webhook = try tx.projectWebhooks.all(of: scope.project.id).first { $0.id == id }
        // Deleted through the native API meanwhile: gone here as well.
        guard let webhook, try tx.endpoints.find(webhook.endpointID, of: scope.project.partnerID) != nil else {
            throw ProjectError.webhookNotFound
        }
        return webhook
    }

    private func record(
        _ what: String, _ webhook: ProjectWebhook, _ scope: ProjectScope, in tx: StoreTransaction
    ) throws {
        try tx.activities.record(
            partner: scope.project.partnerID, actor: scope.principal.actor, action: "webhook.\(what)",
            target: webhook.id.rawValue)
    }
}
