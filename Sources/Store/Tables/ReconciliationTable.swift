// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct ReconciliationTable {
    let tx: StoreTransaction

    private func insert(_ run: Reconciliation) throws {
        try tx.sql.execute(
            """
            INSERT INTO reconciliation (id, app_id, repairs, requested_by, record_total, started_at, state, is_open, phase,
                counts, detail, records_at, updated_at, finished_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(run.id), .id(run.appID), .bool(run.repairs), .text(run.requestedBy), .int(run.recordTotal),
                .time(run.startedAt),
            ] + (try mutable(run)))
    }

    /// A new run; nil while another of this app is open.
    package func begin(app: AppID, repairs: Bool, by actor: String) throws -> Reconciliation? {
        guard try open(of: app) == nil else { return nil }
        let run = Reconciliation(
            id: ReconciliationID(at: tx.now), appID: app, repairs: repairs, requestedBy: actor,
            recordTotal: try tx.wabas.count(app: app), startedAt: tx.now)
        try insert(run)
        return run
    }

    package func save(_ run: Reconciliation) throws {
        try tx.sql.execute(
            """
            UPDATE reconciliation SET state = ?, is_open = ?, phase = ?, counts = ?, detail = ?, records_at = ?,
                updated_at = ?, finished_at = ?
            WHERE id = ?
            """, try mutable(run) + [.id(run.id)])
    }

    package func find(_ id: ReconciliationID) throws -> Reconciliation? {
        try tx.sql.first("SELECT * FROM reconciliation WHERE id = ?", [.id(id)]).map(Self.read(_:))
    }

    package func open(of app: AppID) throws -> Reconciliation? {
        try tx.sql.first("SELECT * FROM reconciliation WHERE app_id = ? AND is_open = 1", [.id(app)])
            .map(Self.read(_:))
    }

    package func page(_ request: PageRequest) throws -> Page<Reconciliation> {
        try KeysetQuery("SELECT * FROM reconciliation", timeColumn: "started_at")
            .page(request, in: tx.sql, Self.read(_:))
    }

    /// Stores what is new of this run and returns it: a page that is compared again finds the same.
    package func record(_ drifts: [Drift]) throws -> [Drift] {
        try drifts.filter { drift in
            try tx.sql.execute(
                """
                INSERT INTO drift (id, reconciliation_id, kind, waba_id, phone_number_id, partner_id, detail, repair, found_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (reconciliation_id, kind, waba_id, phone_number_id) DO NOTHING
                """,
                [
                    .id(drift.id), .id(drift.reconciliationID), .name(drift.kind), .id(drift.wabaID),
                    .text(drift.phoneNumberID?.rawValue ?? ""), .id(drift.partnerID), .text(drift.detail),
                    .name(drift.repair), .time(drift.foundAt),
                ]) == 1
        }
    }

    /// Repairs of this run that were begun and whose end is not known, among these WABAs.
    package func intended(of run: ReconciliationID, wabas: [WABAID]) throws -> [Drift] {
        guard !wabas.isEmpty else { return [] }
        let marks = Array(repeating: "?", count: wabas.count).joined(separator: ", ")
        return try tx.sql.query(
            "SELECT * FROM drift WHERE reconciliation_id = ? AND repair = 'repair_intended' AND waba_id IN (\(marks))",
            [.id(run)] + wabas.map { .id($0) }
        ).map(Self.readDrift(_:))
    }

    /// Ends a repair that was intended; returns false when it had ended.
    package func settle(_ id: DriftID, _ repair: DriftRepair, detail: String?) throws -> Bool {
        try tx.sql.execute(
            """
            UPDATE drift SET repair = ?, detail = COALESCE(?, detail) WHERE id = ? AND repair = 'repair_intended'
            """, [.name(repair), .text(detail), .id(id)]) == 1
    }

    package func drift(
        of run: ReconciliationID, kind: DriftKind? = nil, repair: DriftRepair? = nil, _ request: PageRequest
    ) throws -> Page<Drift> {
        var query = KeysetQuery("SELECT * FROM drift", timeColumn: "found_at")
        query.filter("reconciliation_id = ?", .id(run))
        if let kind { query.filter("kind = ?", .name(kind)) }
        if let repair { query.filter("repair = ?", .name(repair)) }
        return try query.page(request, in: tx.sql, Self.readDrift(_:))
    }

    /// Deletes differences, then runs, that ended before `limit`: at most 100 rows. Returns how many.
    package func prune(endedBefore limit: Timestamp) throws -> Int {
        let drifts = try tx.sql.execute(
            """
            DELETE FROM drift WHERE id IN (SELECT drift.id FROM drift JOIN reconciliation
                ON reconciliation.id = drift.reconciliation_id WHERE reconciliation.finished_at < ? LIMIT 100)
            """, [.time(limit)])
        guard drifts == 0 else { return drifts }
        return try tx.sql.execute(
            """
            DELETE FROM reconciliation WHERE id IN (SELECT id FROM reconciliation WHERE finished_at < ? LIMIT 100)
            """, [.time(limit)])
    }

    private func mutable(_ run: Reconciliation) throws -> [SQLValue] {
        [
            .name(run.state), .bool(run.state.isOpen), .name(run.phase), .text(try StoredJSON.encode(run.counts)),
            .text(run.detail), .time(run.recordsAt), .time(run.updatedAt), .time(run.finishedAt),
        ]
    }

    private static func read(_ row: SQLRow) throws -> Reconciliation {
        Reconciliation(
            id: try row.id("id"), appID: try row.id("app_id"), state: try row.value("state"),
            phase: try row.value("phase"), repairs: try row.bool("repairs"), requestedBy: try row.text("requested_by"),
            counts: try StoredJSON.decode(try row.text("counts")), recordTotal: try row.int("record_total"),
            detail: try row.optionalText("detail"), startedAt: try row.timestamp("started_at"),
            recordsAt: try row.optionalTimestamp("records_at"), updatedAt: try row.timestamp("updated_at"),
            finishedAt: try row.optionalTimestamp("finished_at"))
    }

    private static func readDrift(_ row: SQLRow) throws -> Drift {
        let number = try row.text("phone_number_id")
        return Drift(
            id: try row.id("id"), reconciliationID: try row.id("reconciliation_id"), kind: try row.value("kind"),
            wabaID: try row.id("waba_id"), phoneNumberID: number.isEmpty ? nil : PhoneNumberID(number),
            partnerID: try row.optionalID("partner_id"), detail: try row.optionalText("detail"),
            repair: try row.value("repair"), foundAt: try row.timestamp("found_at"))
    }
}

extension StoreTransaction {
    package var reconciliations: ReconciliationTable { ReconciliationTable(tx: self) }
}
