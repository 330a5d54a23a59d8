// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

struct EndpointController: Sendable {
    let cursors: CursorCoder
    let formats: [WebhookFormatName]

    @Sendable func create(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let (body, raw) = try await request.json(CreateEndpointBody.self, context)
        let draft = try body.draft(formats: formats)
        let once: Once<Endpoints.Created>? = try IdempotencyKey.once(request, body: raw, context: context) { created in
            StoredAnswer(status: 201, body: created.endpoint.wire(secret: created.secret).text)
        }
        let outcome = try await caller.services.endpoints.create(draft, by: caller.principal, once: once)
        return Answer.outcome(outcome, status: .created) { $0.endpoint.wire(secret: $0.secret) }
    }

    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(request, context: context, filters: [], cursors: cursors)
        return Answer.list(try await caller.services.endpoints.list(query.page, for: caller.principal), query, \.wire)
    }

    @Sendable func find(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        return Answer.one(try await caller.services.endpoints.find(try id(context), for: caller.principal).wire)
    }

    @Sendable func update(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let (body, _) = try await request.json(ChangeEndpointBody.self, context)
        return Answer.one(try await caller.services.endpoints.update(id, try body.change(), by: caller.principal).wire)
    }

    @Sendable func delete(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        try await caller.services.endpoints.delete(try id(context), by: caller.principal)
        return Response(status: .noContent)
    }

    private func id(_ context: GangwayContext) throws -> EndpointID {
        try context.id(EndpointID.init(validating:), orElse: .endpointNotFound)
    }
}
