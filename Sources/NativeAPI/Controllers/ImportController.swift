// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import NIOCore
import Services

/// Imports of WABAs that exist at Meta: the operator's.
struct ImportController: Sendable {
    let cursors: CursorCoder

    /// Of a CSV file, in bytes: two hundred thousand rows with room.
    private static let fileLimit = 32 << 20

    /// `text/csv` is a file, with `partner_id` and `app_id` in the query; JSON asks for Meta's list.
    @Sendable func begin(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard type.hasPrefix("text/csv") else {
            let (body, _) = try await request.json(BeginImportBody.self, context)
            let item = try await caller.services.imports.beginFromMeta(
                partner: try FieldChecks.partner(body.partnerID, "partner_id"), app: body.appID?.value,
                by: caller.principal)
            return Answer.one(item.wire, status: .accepted)
        }
        let query = try ListQuery(request, context: context, filters: ["partner_id", "app_id"], cursors: cursors)
        let partner = try query.id("partner_id", PartnerID.init(validating:))
        let app = try query.id("app_id", AppID.init(validating:))
        let file = try await request.readBody(upTo: Self.fileLimit, within: .seconds(120))
        let item = try await caller.services.imports.begin(
            csv: Array(file.readableBytesView), partner: partner, app: app, by: caller.principal)
        return Answer.one(item.wire, status: .accepted)
    }

    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(request, context: context, filters: [], cursors: cursors)
        let page = try await caller.services.imports.list(query.page, for: caller.principal)
        return Answer.list(page, query, \.wire)
    }

    @Sendable func find(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        return Answer.one(try await caller.services.imports.find(try id(context), for: caller.principal).wire)
    }

    /// The report, in the order of the file.
    @Sendable func rows(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let query = try ListQuery(request, context: context, filters: ["outcome"], cursors: cursors)
        let page = try await caller.services.imports.rows(
            of: id, outcome: try query.value("outcome", as: ImportOutcome.self), query.page, for: caller.principal)
        return Answer.list(page, query, \.wire)
    }

    private func id(_ context: GangwayContext) throws -> ImportID {
        try context.id(ImportID.init(validating:), orElse: .importNotFound)
    }
}
