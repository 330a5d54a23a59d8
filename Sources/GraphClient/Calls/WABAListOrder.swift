// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `sort=` of the WABA lists.
package enum WABAListOrder: String, Sendable, CaseIterable {
    case oldestFirst = "creation_time_ascending"
    case newestFirst = "creation_time_descending"

    /// The query both WABA lists share. The filter goes into the query: the guide's `-d` would make the call a POST.
    static func query(
        fields: [WABAField], filter: WABAListFilter?, order: WABAListOrder?, limit: Int, after: String?
    ) -> [(String, String)] {
        var query = fields.fieldsQuery
        if let filter { query.append(("filtering", filter.text)) }
        if let order { query.append(("sort", order.rawValue)) }
        query.append(("limit", String(limit)))
        if let after { query.append(("after", after)) }
        return query
    }
}

/// `filtering=` of the WABA lists: a single condition is all that is documented. In whole seconds, the moment itself left
/// out.
package enum WABAListFilter: Sendable, Hashable {
    case createdAfter(Timestamp)
    case createdBefore(Timestamp)

    var text: String {
        switch self {
        case .createdAfter(let time): Self.condition("GREATER_THAN", time)
        case .createdBefore(let time): Self.condition("LESS_THAN", time)
        }
    }

    private static func condition(_ name: String, _ time: Timestamp) -> String {
        #"[{"field":"creation_time","operator":"\#(name)","value":"\#(time.seconds)"}]"#
    }
}
