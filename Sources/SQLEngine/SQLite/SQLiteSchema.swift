// SPDX-License-Identifier: Apache-2.0

/// The schema as SQLite's catalogue tells it, in the words that both engines share.
enum SQLiteSchema {
    static func tables(_ transaction: any SQLTransaction) throws(SQLError) -> [LogicalTable] {
        let names = try transaction.query(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"
        )
        var tables: [LogicalTable] = []
        for row in names { tables.append(try table(try row.text("name"), transaction)) }
        return tables
    }

    private static func table(_ name: String, _ transaction: any SQLTransaction) throws(SQLError) -> LogicalTable {
        let info = try transaction.query(
            "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?) ORDER BY cid", [.text(name)])
        var columns: [LogicalColumn] = []
        var primaryKey: [(Int, String)] = []
        for row in info {
            let position = try row.int("pk")
            let column = try row.text("name")
            if position > 0 { primaryKey.append((position, column)) }
            let isNullable = try !row.bool("notnull") && position == 0
            columns.append(
                LogicalColumn(name: column, type: try row.text("type").lowercased(), isNullable: isNullable))
        }
        var keys = try uniqueIndexes(of: name, transaction)
        if !primaryKey.isEmpty {
            keys.insert(primaryKey.sorted { $0.0 < $1.0 }.map { $0.1 }.joined(separator: ", "))
        }
        return LogicalTable(name: name, columns: columns, uniqueKeys: keys.sorted())
    }

    private static func uniqueIndexes(
        of table: String, _ transaction: any SQLTransaction
    ) throws(SQLError) -> Set<String> {
        let indexes = try transaction.query(
            """
            SELECT list.name AS name, master.sql AS sql FROM pragma_index_list(?) AS list
            LEFT JOIN sqlite_master AS master ON master.type = 'index' AND master.name = list.name
            WHERE list."unique" = 1
            """, [.text(table)])
        var keys: Set<String> = []
        for index in indexes {
            let members = try transaction.query(
                "SELECT name FROM pragma_index_info(?) ORDER BY seqno", [.text(try index.text("name"))])
            var names: [String] = []
            for member in members { names.append(try member.optionalText("name") ?? "(expression)") }
            let predicate = try index.optionalText("sql").flatMap { LogicalPredicate.ofIndex($0) }
            keys.insert(names.joined(separator: ", ") + (predicate.map { " where \($0)" } ?? ""))
        }
        return keys
    }
}
