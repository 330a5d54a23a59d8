// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

/// Comparisons with Meta: the operator's.
struct ReconciliationController: Sendable {
    let cursors: CursorCoder

    /// 202: it goes on by itself, also over restarts.
    @Sendable func begin(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let (body, _) = try await request.json(BeginReconciliationBody.self, context)
        let run = try await caller.services.reconciliations.begin(
            app: body.appID?.value, repairs: body.repair ?? false, by: caller.principal)
        return Answer.one(run.wire, status: .accepted)
    }

    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(request, context: context, filters: [], cursors: cursors)
        let page = try await caller.services.reconciliations.list(query.page, for: caller.principal)
        return Answer.list(page, query, \.wire)
    }

    @Sendable func find(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        return Answer.one(try await caller.services.reconciliations.find(try id(context), for: caller.principal).wire)
    }

    @Sendable func drift(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let query = try ListQuery(request, context: context, filters: ["kind", "repair"], cursors: cursors)
        let page = try await caller.services.reconciliations.drift(
            of: id, kind: try query.value("kind", as: DriftKind.self),
            repair: try query.value("repair", as: DriftRepair.self), query.page, for: caller.principal)
        return Answer.list(page, query, \.wire)
    }

    @Sendable func cancel(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        _ = try await request.json(EmptyBody.self, context)
        return Answer.one(try await caller.services.reconciliations.cancel(id, by: caller.principal).wire)
    }

    private func id(_ context: GangwayContext) throws -> ReconciliationID {
        try context.id(ReconciliationID.init(validating:), orElse: .reconciliationNotFound)
    }
}
