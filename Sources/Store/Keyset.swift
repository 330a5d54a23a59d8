// SPDX-License-Identifier: Apache-2.0
import Domain
import SQLEngine

/// A list ordered by time and id, newest first unless said otherwise, paged by key so that inserts between two pages change nothing.
struct KeysetQuery {
    var select: String
    var timeColumn = "created_at"
    var isAscending = false
    private(set) var conditions: [String] = []
    private var hasNarrow = false
    private(set) var parameters: [SQLValue] = []

    init(_ select: String, timeColumn: String = "created_at") {
        self.select = select
        self.timeColumn = timeColumn
    }

    mutating func filter(_ condition: String, _ values: SQLValue...) {
        conditions.append(hasNarrow ? Self.unindexed(condition) : condition)
        parameters += values
    }

    /// A condition that few rows meet: its index is walked, whatever else is asked for.
    mutating func narrow(_ condition: String, _ values: SQLValue...) {
        conditions = conditions.map(Self.unindexed(_:)) + [condition]
        parameters += values
        hasNarrow = true
    }

    /// SQLite guesses that any equality is as good as another: one that is written so uses no index.
    private static func unindexed(_ condition: String) -> String {
        condition.hasSuffix(" = ?") ? condition.dropLast(4) + " || '' = ?" : condition
    }

    func page<T: Sendable>(
        _ request: PageRequest, in sql: any SQLTransaction, _ read: (SQLRow) throws -> T
    ) throws -> Page<T> {
        var conditions = conditions
        var parameters = parameters
        if let after = request.after {
            conditions.append("(\(timeColumn), id) \(isAscending ? ">" : "<") (?, ?)")
            parameters += [.time(after.at), .text(after.id)]
        }
        let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        let order = isAscending ? "ASC" : "DESC"
        let rows = try sql.query(
            "\(select)\(filter) ORDER BY \(timeColumn) \(order), id \(order) LIMIT ?",
            parameters + [.int(request.limit + 1)])
        let shown = rows.prefix(request.limit)
        guard rows.count > request.limit, let last = shown.last else {
            return Page(items: try shown.map(read), next: nil)
        }
        let next = PageKey(at: try last.timestamp(timeColumn), id: try last.text("id"))
        return Page(items: try shown.map(read), next: next)
    }
}
