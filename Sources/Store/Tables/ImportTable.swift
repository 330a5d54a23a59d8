// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct ImportTable {
    let tx: StoreTransaction

    /// Whole records of the file.
    package struct Piece: Sendable, Hashable {
        package let seq: Int
        package let firstLine: Int
        package let body: [UInt8]

        package init(seq: Int, firstLine: Int, body: [UInt8]) {
            self.seq = seq
            self.firstLine = firstLine
            self.body = body
        }
    }

    package func insert(_ item: WABAImport, pieces: [Piece]) throws {
        try tx.sql.execute(
            """
            INSERT INTO waba_import (id, app_id, source, partner_id, requested_by, row_total, created_at, state, rows_done,
                counts, detail, updated_at, finished_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(item.id), .id(item.appID), .name(item.source), .id(item.partnerID), .text(item.requestedBy),
                .int(item.rowTotal), .time(item.createdAt),
            ] + (try mutable(item)))
        for piece in pieces {
            try tx.sql.execute(
                "INSERT INTO import_piece (import_id, seq, first_line, body) VALUES (?, ?, ?, ?)",
                [.id(item.id), .int(piece.seq), .int(piece.firstLine), .blob(piece.body)])
        }
    }

    package func save(_ item: WABAImport) throws {
        try tx.sql.execute(
            """
            UPDATE waba_import SET state = ?, rows_done = ?, counts = ?, detail = ?, updated_at = ?, finished_at = ?
            WHERE id = ?
            """, try mutable(item) + [.id(item.id)])
    }

    package func find(_ id: ImportID) throws -> WABAImport? {
        try tx.sql.first("SELECT * FROM waba_import WHERE id = ?", [.id(id)]).map(Self.read(_:))
    }

    package func page(_ request: PageRequest) throws -> Page<WABAImport> {
        try KeysetQuery("SELECT * FROM waba_import").page(request, in: tx.sql, Self.read(_:))
    }

    package func piece(_ seq: Int, of id: ImportID) throws -> Piece? {
        try tx.sql.first("SELECT * FROM import_piece WHERE import_id = ? AND seq = ?", [.id(id), .int(seq)]).map {
            Piece(seq: try $0.int("seq"), firstLine: try $0.int("first_line"), body: try $0.blob("body"))
        }
    }

    package func dropPiece(_ seq: Int, of id: ImportID) throws {
        try tx.sql.execute("DELETE FROM import_piece WHERE import_id = ? AND seq = ?", [.id(id), .int(seq)])
    }

    /// A line that is worked on again keeps its first report. Returns whether this is the first.
    package func report(_ row: ImportRow, of id: ImportID) throws -> Bool {
        try tx.sql.execute(
            """
            INSERT INTO import_row (import_id, line, waba_id, outcome, detail, partner_id, customer_id)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (import_id, line) DO NOTHING
            """,
            [
                .id(id), .int(row.line), .text(row.wabaID), .name(row.outcome), .text(row.detail), .id(row.partnerID),
                .id(row.customerID),
            ]) == 1
    }

    /// In the order of the file; the key's time is the line.
    package func rows(
        of id: ImportID, outcome: ImportOutcome? = nil, _ request: PageRequest
    ) throws -> Page<ImportRow> {
        var conditions = "import_id = ? AND line > ?"
        var parameters: [SQLValue] = [.id(id), .integer(request.after?.at.milliseconds ?? 0)]
        if let outcome {
            conditions += " AND outcome = ?"
            parameters.append(.name(outcome))
        }
        let rows = try tx.sql.query(
            "SELECT * FROM import_row WHERE \(conditions) ORDER BY line LIMIT ?", parameters + [.int(request.limit + 1)]
        )
        let shown = try rows.prefix(request.limit).map(Self.readRow(_:))
        guard rows.count > request.limit, let last = shown.last else { return Page(items: shown, next: nil) }
        return Page(items: shown, next: PageKey(at: Timestamp(milliseconds: Int64(last.line)), id: "line"))
    }

    private func mutable(_ item: WABAImport) throws -> [SQLValue] {
        [
            .name(item.state), .int(item.rowsDone), .text(try StoredJSON.encode(item.counts)), .text(item.detail),
            .time(item.updatedAt), .time(item.finishedAt),
        ]
    }

    private static func read(_ row: SQLRow) throws -> WABAImport {
        WABAImport(
            id: try row.id("id"), appID: try row.id("app_id"), source: try row.value("source"),
            state: try row.value("state"), partnerID: try row.optionalID("partner_id"),
            requestedBy: try row.text("requested_by"), rowTotal: try row.optionalInt("row_total"),
            rowsDone: try row.int("rows_done"), counts: try StoredJSON.decode(try row.text("counts")),
            detail: try row.optionalText("detail"), createdAt: try row.timestamp("created_at"),
            updatedAt: try row.timestamp("updated_at"), finishedAt: try row.optionalTimestamp("finished_at"))
    }

    private static func readRow(_ row: SQLRow) throws -> ImportRow {
        ImportRow(
            line: try row.int("line"), wabaID: try row.text("waba_id"), outcome: try row.value("outcome"),
            detail: try row.optionalText("detail"), partnerID: try row.optionalID("partner_id"),
            customerID: try row.optionalID("customer_id"))
    }
}

extension StoreTransaction {
    package var imports: ImportTable { ImportTable(tx: self) }
}
