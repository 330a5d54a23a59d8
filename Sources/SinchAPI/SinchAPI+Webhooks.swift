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
            let (target, secret, triggers) = try await WebhookBody(call).whole()
            let webhook = try await call.services.webhooks.create(
                target: target, secret: secret, triggers: triggers, call.scope)
            return call.answer(Self.json(webhook), .created)
        }
        add(.get, Routes.webhook, to: door) { call in
            call.answer(Self.json(try await call.services.webhooks.find(try call.webhookID(), call.scope)))
        }
        add(.put, Routes.webhook, to: door) { call in
            let id = try call.webhookID()
            let (target, secret, triggers) = try await WebhookBody(call).whole()
            let draft = ProjectWebhooks.Draft(target: target, secret: secret, triggers: triggers)
            return call.answer(Self.json(try await call.services.webhooks.update(id, draft, call.scope)))
        }
        add(.patch, Routes.webhook, to: door) { call in
            let id = try call.webhookID()
            let draft = try await WebhookBody(call).part()
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

private struct WebhookBody {
    private let body: BodyReader

    init(_ call: SinchCall) async throws { body = try await call.body() }

    func whole() throws -> (target: String, secret: OtherSecret, triggers: [String]) {
        let draft = read(required: true)
        try body.finish()
        guard let target = draft.target, let secret = draft.secret, let triggers = draft.triggers else {
            throw SinchError.invalidPayload
        }
        return (target, secret, triggers)
    }

    func part() throws -> ProjectWebhooks.Draft {
        let draft = read(required: false)
        try body.finish()
        return draft
    }

    private func read(required: Bool) -> ProjectWebhooks.Draft {
        let target = body.string("target", 1...2048, required: required)
        let secret = body.string("secret", 1...1024, required: required)
        let triggers = body.words("triggers", Triggers.all, required: required)
        if let triggers, triggers.count > 1, triggers.contains("ALL") {
            body.fault("triggers must contain no other trigger beside ALL")
        }
        return ProjectWebhooks.Draft(target: target, secret: secret.map { OtherSecret($0) }, triggers: triggers)
    }
}
