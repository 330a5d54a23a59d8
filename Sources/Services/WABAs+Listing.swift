// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
import OnboardingRunner
import Store

extension WABAs {
    /// Which of Meta's lists. Source: seed 003.
    package enum Source: String, Sendable, CaseIterable {
        case client
        case owned
    }

    /// Values as Meta names them. Source: seed 003.
    package enum Order: String, Sendable, CaseIterable {
        case oldestFirst = "creation_time_ascending"
        case newestFirst = "creation_time_descending"
    }

    package struct LiveQuery: Sendable {
        package var source: Source
        /// Needed where the world has several apps.
        package var app: AppID?
        package var createdAfter: Timestamp?
        package var createdBefore: Timestamp?
        package var order: Order?
        /// Meta's own cursor.
        package var after: String?
        /// Of one page; Meta gives at most 100, and may give fewer.
        package var limit: Int

        package init(source: Source, limit: Int) {
            self.source = source
            self.limit = limit
        }
    }

    /// One of Meta's list, with our record of it.
    package struct Listed: Sendable {
        package let meta: MetaWABA
        package let record: WABA?
    }

    package struct LivePage: Sendable {
        package let items: [Listed]
        /// Meta's cursor; nil at the end.
        package let next: String?
    }

    /// One page of Meta's list, read now. The operator's: it shows what belongs to no partner here.
    package func atMeta(_ query: LiveQuery, for principal: Principal) async throws -> LivePage {
        try principal.requireOperator()
        let context = try await directory.context(for: try await app(query.app))
        guard let token = context.systemToken else { throw ServiceError.appNotFound }
        let bounds = Bounds(query)
        let page: GraphPage<WABAAnswer>
        do throws(GraphError) {
            page = try await Self.page(query, bounds, of: context.app.businessID, token, context.graph)
        } catch {
            throw ServiceError(error)
        }
        let kept = page.data.filter(bounds.holds(_:))
        // In the order asked for, whatever is beyond the far bound is followed by more of the same.
        let isPastEnd = page.data.contains(where: bounds.isBeyond(_:))
        let records = try await store.read { tx in
            try Dictionary(
                kept.map(\.id).compactMap { id in try tx.wabas.find(id).map { (id, $0) } },
                uniquingKeysWith: { first, _ in first })
        }
        return LivePage(
            items: kept.map { Listed(meta: MetaWABA($0), record: records[$0.id]) },
            next: isPastEnd ? nil : page.nextCursor)
    }

    /// The named app; without a name the only one there is.
    func app(_ id: AppID?) async throws -> AppID {
        if let id {
            guard try await store.read({ try $0.apps.find(id) }) != nil else { throw ServiceError.appNotFound }
            return id
        }
        let apps = try await store.read { try $0.apps.all() }
        guard apps.count == 1, let only = apps.first else { throw ServiceError.missing(field: "app_id") }
        return only.id
    }

    private static func page(
        _ query: LiveQuery, _ bounds: Bounds, of business: BusinessID, _ token: SystemToken, _ graph: any GraphSending
    ) async throws(GraphError) -> GraphPage<WABAAnswer> {
        let limit = min(query.limit, 100)
        switch query.source {
        case .client:
            var list = ListClientWABAs(
                of: business, fields: listFields, filter: bounds.filter, order: bounds.order, limit: limit,
                token: token)
            list.after = query.after
            return try await graph.send(list)
        case .owned:
            var list = ListOwnedWABAs(
                of: business, fields: listFields, filter: bounds.filter, order: bounds.order, limit: limit,
                token: token)
            list.after = query.after
            return try await graph.send(list)
        }
    }

    static let listFields: [WABAField] = [
        .id, .name, .currency, .country, .timezoneID, .templateNamespace, .reviewStatus, .businessVerificationStatus,
        .ownershipType, .ownerBusiness, .status, .primaryFundingID, .creationTime,
    ]
}

/// Meta takes one condition: with two bounds it gets the near one, and the list ends at the far one.
private struct Bounds {
    let filter: WABAListFilter?
    let order: WABAListOrder?
    private let after: Timestamp?
    private let before: Timestamp?

    init(_ query: WABAs.LiveQuery) {
        (after, before) = (query.createdAfter, query.createdBefore)
        let asked: WABAListOrder? =
            switch query.order {
            case .oldestFirst: .oldestFirst
            case .newestFirst: .newestFirst
            case nil: nil
            }
        order = query.createdAfter != nil && query.createdBefore != nil ? asked ?? .newestFirst : asked
        switch (query.createdAfter, query.createdBefore) {
        case (nil, nil): filter = nil
        case (let after?, nil): filter = .createdAfter(after)
        case (nil, let before?): filter = .createdBefore(before)
        case (let after?, let before?):
            filter = order == .oldestFirst ? .createdAfter(after) : .createdBefore(before)
        }
    }

    func holds(_ waba: WABAAnswer) -> Bool {
        guard let time = waba.creationTime else { return true }
        return after.map { time.seconds > $0.seconds } ?? true && before.map { time.seconds < $0.seconds } ?? true
    }

    func isBeyond(_ waba: WABAAnswer) -> Bool {
        guard after != nil, before != nil else { return false }
        return !holds(waba)
    }
}

extension ServiceError {
    /// What a request that waits for a call of Meta tells of its failure.
    init(_ error: GraphError) {
        let status = error.httpStatus ?? 0
        let isRefusal = error.reach == .answered && (400..<500).contains(status) && error.class != .transient
        self = isRefusal ? .refusedByMeta(error) : .metaUnavailable(error)
    }
}
