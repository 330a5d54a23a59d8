// SPDX-License-Identifier: Apache-2.0

/// The schema as PostgreSQL's catalogue tells it, in the words that both engines share.
enum PostgresSchema {
    static func tables(_ transaction: any SQLTransaction) throws(SQLError) -> [LogicalTable] {
        let names = try transaction.query(
            """
            SELECT c.relname AS name, c.oid AS id FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.relname
            """)
        var tables: [LogicalTable] = []
        for row in names {
            let id = SQLValue.integer(try row.integer("id"))
            tables.append(
                LogicalTable(
                    name: try row.text("name"), columns: try columns(of: id, transaction),
                    uniqueKeys: try uniqueKeys(of: id, transaction)))
        }
        return tables
    }

    private static func columns(
        of table: SQLValue, _ transaction: any SQLTransaction
    ) throws(SQLError) -> [LogicalColumn] {
        let rows = try transaction.query(
            """
            SELECT attname AS name, format_type(atttypid, NULL) AS type, attnotnull AS required FROM pg_attribute
            WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """, [table])
        var columns: [LogicalColumn] = []
        for row in rows {
            columns.append(
                LogicalColumn(
                    name: try row.text("name"), type: logicalType(try row.text("type")),
                    isNullable: try !row.bool("required")))
        }
        return columns
    }

    private static func logicalType(_ type: String) -> String {
        switch type {
        case "bigint": "integer"
        case "bytea": "blob"
        case "double precision": "real"
        default: type
        }
    }

    private static func uniqueKeys(of table: SQLValue, _ transaction: any SQLTransaction) throws(SQLError) -> [String] {
        let rows = try transaction.query(
            """
            SELECT i.indexrelid AS id, a.attname AS name, pg_get_expr(i.indpred, i.indrelid) AS predicate
            FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, position)
            LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum > 0
            WHERE i.indrelid = ? AND i.indisunique AND k.position <= i.indnkeyatts ORDER BY i.indexrelid, k.position
            """, [table])
        var members: [Int64: [String]] = [:]
        var predicates: [Int64: String] = [:]
        for row in rows {
            let index = try row.integer("id")
            members[index, default: []].append(try row.optionalText("name") ?? "(expression)")
            predicates[index] = try row.optionalText("predicate")
        }
        return Set(
            members.map { index, names in
                let predicate = predicates[index].map { " where \(LogicalPredicate.normal($0))" } ?? ""
                return names.joined(separator: ", ") + predicate
            }
        ).sorted()
    }
}
