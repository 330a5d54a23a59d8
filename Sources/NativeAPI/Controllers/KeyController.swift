// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

struct KeyController: Sendable {
    @Sendable func mint(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let partner = try context.id(PartnerID.init(validating:), orElse: .partnerNotFound)
        let (_, raw) = try await request.json(EmptyBody.self, context)
        let once: Once<APIKeys.Minted>? = try IdempotencyKey.once(request, body: raw, context: context) { minted in
            StoredAnswer(status: 201, body: minted.key.wire(secret: minted.secret).text)
        }
        let outcome = try await caller.services.apiKeys.mint(for: partner, by: caller.principal.actor, once: once)
        return Answer.outcome(outcome, status: .created) { $0.key.wire(secret: $0.secret) }
    }

    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        return Answer.whole(try await caller.services.apiKeys.list(for: caller.principal), \.wire)
    }

    @Sendable func revoke(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try context.id(APIKeyID.init(validating:), orElse: .keyNotFound)
        try await caller.services.apiKeys.revoke(id, by: caller.principal)
        return Response(status: .noContent)
    }
}

/// Meta apps: the operator's.
struct AppController: Sendable {
    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        return Answer.whole(try await caller.services.apps.list(for: caller.principal), \.wire)
    }

    @Sendable func set(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try context.id(AppID.init(validating:), orElse: .appNotFound)
        let (body, _) = try await request.json(SetAppBody.self, context)
        let app = try body.app(id)
        try await caller.services.apps.set(app, secrets: try body.secrets(), by: caller.principal)
        return Answer.one(app.wire)
    }

    @Sendable func find(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try context.id(AppID.init(validating:), orElse: .appNotFound)
        return Answer.one(try await caller.services.apps.find(id).wire)
    }
}
