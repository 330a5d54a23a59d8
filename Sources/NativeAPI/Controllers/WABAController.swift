// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

/// WABAs: our records, and Meta's lists and nodes.
struct WABAController: Sendable {
    let cursors: CursorCoder

    private static let filters = [
        "source", "app_id", "partner_id", "customer_id", "state", "review_status", "created_after", "created_before",
        "sort",
    ]

    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(request, context: context, filters: Self.filters, cursors: cursors)
        guard let source = try query.value("source", as: ListSource.self)?.live else {
            return try await listRecords(query, caller)
        }
        for name in ["partner_id", "customer_id", "state", "review_status"] where query.text(name) != nil {
            throw RequestFault.invalidQuery(parameter: name, message: "filters our records, not Meta's lists")
        }
        var asked = WABAs.LiveQuery(source: source, limit: query.page.limit)
        asked.app = try query.id("app_id", AppID.init(validating:))
        (asked.createdAfter, asked.createdBefore) = (
            try time("created_after", query), try time("created_before", query)
        )
        asked.order = try query.value("sort", as: WABAs.Order.self)
        asked.after = query.page.after?.id
        let page = try await caller.services.wabas.atMeta(asked, for: caller.principal)
        // Meta's cursor inside ours: opaque, signed, and bound to these filters.
        let next = page.next.map { PageKey(at: Timestamp(milliseconds: 0), id: $0) }
        return Answer.one([
            "data": .array(page.items.map(\.wire)), "next_cursor": .text(query.cursor(after: next)),
        ])
    }

    private func listRecords(_ query: ListQuery, _ caller: Caller) async throws -> Response {
        guard query.text("app_id") == nil else {
            throw RequestFault.invalidQuery(parameter: "app_id", message: "chooses among Meta's lists, not our records")
        }
        var filter = WABAs.Filter()
        filter.partner = try query.id("partner_id", PartnerID.init(validating:))
        filter.customer = try query.id("customer_id", CustomerID.init(validating:))
        filter.state = try query.value("state", as: WABA.State.self)
        filter.reviewStatus = query.text("review_status")
        (filter.createdAfter, filter.createdBefore) = (
            try time("created_after", query), try time("created_before", query)
        )
        filter.isOldestFirst = try query.value("sort", as: WABAs.Order.self) == .oldestFirst
        let page = try await caller.services.wabas.list(filter, query.page, for: caller.principal)
        return Answer.list(page, query, \.wire)
    }

    /// With `refresh=true` Meta is asked; what it said stands under `meta`.
    @Sendable func find(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try context.id(WABAID.init(validating:), orElse: .wabaNotFound)
        guard try wantsRefresh(request) else {
            return Answer.one(try await caller.services.wabas.detail(id, for: caller.principal).wire(live: nil))
        }
        let (detail, live) = try await caller.services.wabas.refreshed(id, for: caller.principal)
        return Answer.one(detail.wire(live: live))
    }

    private func wantsRefresh(_ request: Request) throws -> Bool {
        for (name, value) in request.uri.queryParameters {
            guard name == "refresh", value == "true" || value == "false" else {
                throw RequestFault.invalidQuery(
                    parameter: String(name), message: name == "refresh" ? "must be true or false" : "is not known here")
            }
        }
        return request.uri.queryParameters["refresh"] == "true"
    }

    private func time(_ name: String, _ query: ListQuery) throws -> Timestamp? {
        guard let text = query.text(name) else { return nil }
        guard let time = Timestamp(reading: text) else {
            throw RequestFault.invalidQuery(parameter: name, message: "must be an RFC 3339 time or Unix seconds")
        }
        return time
    }

    private enum ListSource: String, CaseIterable {
        case records
        case client
        case owned

        var live: WABAs.Source? {
            switch self {
            case .records: nil
            case .client: .client
            case .owned: .owned
            }
        }
    }
}
