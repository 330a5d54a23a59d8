// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

struct PartnerController: Sendable {
    let cursors: CursorCoder

    @Sendable func create(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let (body, raw) = try await request.json(CreatePartnerBody.self, context)
        let name = try FieldChecks.text(body.name, "name", max: 200)
        let app = try await app(body, caller)
        let once: Once<Partner>? = try IdempotencyKey.once(request, body: raw, context: context) { partner in
            StoredAnswer(status: 201, body: partner.wire.text)
        }
        let outcome = try await caller.services.partners.create(
            name: name, app: app, isWhatsAppEnabled: body.whatsAppEnabled ?? true,
            defaultCurrency: body.defaultCurrency?.value, by: caller.principal, once: once)
        return Answer.outcome(outcome, status: .created, \.wire)
    }

    /// The named app; without a name the only one there is.
    private func app(_ body: CreatePartnerBody, _ caller: Caller) async throws -> AppID {
        if let app = body.appID?.value { return app }
        let apps = try await caller.services.apps.list(for: caller.principal)
        guard apps.count == 1, let only = apps.first else { throw ServiceError.missing(field: "app_id") }
        return only.id
    }

    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(request, context: context, filters: [], cursors: cursors)
        return Answer.list(try await caller.services.partners.list(query.page, for: caller.principal), query, \.wire)
    }

    @Sendable func find(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        return Answer.one(try await caller.services.partners.find(try id(context), for: caller.principal).wire)
    }

    @Sendable func enable(_ request: Request, context: GangwayContext) async throws -> Response {
        try await setWhatsApp(isEnabled: true, request, context)
    }

    @Sendable func disable(_ request: Request, context: GangwayContext) async throws -> Response {
        try await setWhatsApp(isEnabled: false, request, context)
    }

    private func setWhatsApp(isEnabled: Bool, _ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        _ = try await request.json(EmptyBody.self, context)
        try await caller.services.partners.setWhatsApp(isEnabled: isEnabled, for: id, by: caller.principal)
        return Answer.one(try await caller.services.partners.find(id, for: caller.principal).wire)
    }

    @Sendable func addSolution(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let (body, _) = try await request.json(AddSolutionBody.self, context)
        try await caller.services.partners.addSolution(body.solutionID.value, to: id, by: caller.principal)
        return Answer.one(["partner_id": .id(id), "solution_id": .id(body.solutionID.value)], status: .created)
    }

    @Sendable func approveBusiness(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let (body, _) = try await request.json(ApproveBusinessBody.self, context)
        try await caller.services.partners.approve(body.businessID.value, for: id, by: caller.principal)
        return Answer.one(["partner_id": .id(id), "business_id": .id(body.businessID.value)], status: .created)
    }

    private func id(_ context: GangwayContext) throws -> PartnerID {
        try context.id(PartnerID.init(validating:), orElse: .partnerNotFound)
    }
}
