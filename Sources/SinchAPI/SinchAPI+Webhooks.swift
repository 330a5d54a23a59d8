// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import Services

extension SinchAPI {
    func addWebhookRoutes(to door: RouterGroup<GangwayContext>) {
        add(.get, Routes.webhooks, to: door) { call in
            let webhooks = try await call.services.webhooks.list(call.scope)
            let page = try SinchPage(webhooks, of: call, sizeMax: 15, sizeDefault: 15) {
                PageKey(at: $0.createdAt, id: $0.id.rawValue)
            }
            return call.answer(page.answer("webhooks", Self.json(_:)))
        }
        add(.post, Routes.webhooks, to: door) { call in
            let (target, secret, triggers) = try WebhookBody(try await call.body()).whole()
            let webhook = try await call.services.webhooks.create(
                target: target, secret: secret, triggers: triggers, call.scope)
            return call.answer(Self.json(webhook), .created)
        }
        add(.get, Routes.webhook, to: door) { call in
            call.answer(Self.json(try await call.services.webhooks.find(try call.webhookID(), call.scope)))
        }
        add(.put, Routes.webhook, to: door) { call in
            let id = try call.webhookID()
            let (target, secret, triggers) = try WebhookBody(try await call.body()).whole()
            let draft = ProjectWebhooks.Draft(target: target, secret: secret, triggers: triggers)
            return call.answer(Self.json(try await call.services.webhooks.update(id, draft, call.scope)))
        }
        add(.patch, Routes.webhook, to: door) { call in
            let id = try call.webhookID()
            let draft = try WebhookBody(try await call.body()).part()
            return call.answer(Self.json(try await call.services.webhooks.update(id, draft, call.scope)))
        }
        add(.delete, Routes.webhook, to: door) { call in
            try await call.services.webhooks.delete(try call.webhookID(), call.scope)
            return call.noContent
        }
    }

    /// The secret is never shown.
    private static func json(_ webhook: ProjectWebhook) -> JSONValue {
        [
            "id": .string(webhook.id.rawValue), "target": .string(webhook.target),
            "projectId": .string(webhook.projectID.rawValue),
            "triggers": .array(webhook.triggers.map { .string($0) }),
        ]
    }
}

extension SinchCall {
    func webhookID() throws -> ProjectWebhookID {
        guard let id = context.parameters.get(Routes.webhookID).flatMap({ ProjectWebhookID(validating: $0) }) else {
            throw SinchError.invalidIDFormat
        }
        return id
    }
}
