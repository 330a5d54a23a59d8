// SPDX-License-Identifier: Apache-2.0
import Domain

/// `sort=` of the WABA lists.
package enum WABAListOrder: String, Sendable {
    case oldestFirst = "creation_time_ascending"
    case newestFirst = "creation_time_descending"

    /// The query both WABA lists share. The filter goes into the query: the guide's `-d` would make the call a POST.
    static func query(
        fields: [WABAField], createdAfter: Timestamp?, order: WABAListOrder?, limit: Int, after: String?
    ) -> [(String, String)] {
        var query = fields.fieldsQuery
        if let createdAfter {
            let filter = #"[{"field":"creation_time","operator":"GREATER_THAN","value":"\#(createdAfter.seconds)"}]"#
            query.append(("filtering", filter))
        }
        if let order { query.append(("sort", order.rawValue)) }
        query.append(("limit", String(limit)))
        if let after { query.append(("after", after)) }
        return query
    }
}
