// SPDX-License-Identifier: Apache-2.0
package import Domain
package import DurableWork
package import Store

/// WABAs that were onboarded elsewhere, taken on record. The operator's word says whose they are; Meta must show them.
package struct Imports: Sendable {
    /// Columns of the file, by the names in its first line.
    package enum Column: String, Sendable, CaseIterable {
        case wabaID = "waba_id"
        case partnerID = "partner_id"
        case customerExternalID = "customer_external_id"
        case customerName = "customer_name"
    }

    private let store: Store
    private let wabas: WABAs
    private let pool: WorkPool

    package init(store: Store, wabas: WABAs, pool: WorkPool) {
        self.store = store
        self.wabas = wabas
        self.pool = pool
    }

    /// Begins to import the rows of a CSV file. Throws `invalid` for a file that cannot be read; single rows that are wrong
    /// are told of in the report.
    package func begin(
        csv: [UInt8], partner: PartnerID?, app: AppID?, by principal: Principal
    ) async throws -> WABAImport {
        try principal.requireOperator()
        let file = try CSVPieces(csv)
        return try await begin(.csv, partner, app, rowTotal: file.rowCount, pieces: file.pieces, principal)
    }

    /// Begins to import what Meta's client list shows and is not on record.
    package func beginFromMeta(
        partner: PartnerID?, app: AppID?, by principal: Principal
    ) async throws -> WABAImport {
        try principal.requireOperator()
        return try await begin(.meta, partner, app, rowTotal: nil, pieces: [], principal)
    }

    private func begin(
        _ source: WABAImport.Source, _ partner: PartnerID?, _ app: AppID?, rowTotal: Int?,
        pieces: [ImportTable.Piece], _ principal: Principal
    ) async throws -> WABAImport {
        let app = try await wabas.app(app)
        let begun = try await store.write { tx -> WABAImport in
            if let partner, try tx.partners.find(partner) == nil { throw ServiceError.partnerNotFound }
            let item = WABAImport(
                id: ImportID(at: tx.now), appID: app, source: source, partnerID: partner,
                requestedBy: principal.actor, rowTotal: rowTotal, createdAt: tx.now, updatedAt: tx.now)
            try tx.imports.insert(item, pieces: pieces)
            try tx.work.enqueue(kind: WorkKind.wabaImport, key: item.id.rawValue, dueAt: tx.now)
            try tx.activities.record(
                partner: partner, actor: principal.actor, action: "import.begun", target: item.id.rawValue,
                detail: source.rawValue)
            return item
        }
        pool.wake()
        return begun
    }

    package func find(_ id: ImportID, for principal: Principal) async throws -> WABAImport {
        try principal.requireOperator()
        guard let item = try await store.read({ try $0.imports.find(id) }) else { throw ServiceError.importNotFound }
        return item
    }

    package func list(_ request: PageRequest, for principal: Principal) async throws -> Page<WABAImport> {
        try principal.requireOperator()
        return try await store.read { try $0.imports.page(request) }
    }

    package func rows(
        of id: ImportID, outcome: ImportOutcome? = nil, _ request: PageRequest, for principal: Principal
    ) async throws -> Page<ImportRow> {
        _ = try await find(id, for: principal)
        return try await store.read { try $0.imports.rows(of: id, outcome: outcome, request) }
    }
}

/// A file cut into pieces of whole records, so that no transaction and no turn holds all of it.
struct CSVPieces {
    private static let pieceBytes = 16 * 1024
    static let rowLimit = 200_000

    private(set) var pieces: [ImportTable.Piece] = []
    private(set) var rowCount = 0

    init(_ bytes: [UInt8]) throws {
        var records = CSVRecords(bytes)
        guard let head = records.next() else { throw ServiceError.invalid(field: "", message: "is empty") }
        try Self.check(head.fields)
        // Each piece begins with the head, so that it can be read alone.
        let start = Array(bytes[head.bytes])
        let opening = start.last == UInt8(ascii: "\n") ? start : start + [UInt8(ascii: "\n")]
        var body = opening
        var firstLine = 2
        while let record = records.next() {
            rowCount += 1
            body += bytes[record.bytes]
            guard body.count >= Self.pieceBytes else { continue }
            pieces.append(ImportTable.Piece(seq: pieces.count + 1, firstLine: firstLine, body: body))
            firstLine = rowCount + 2
            body = opening
        }
        if let fault = records.fault {
            throw ServiceError.invalid(field: "", message: "has a broken quote in record \(fault.record)")
        }
        guard rowCount > 0 else { throw ServiceError.invalid(field: "", message: "has no row below its head") }
        guard rowCount <= Self.rowLimit else {
            throw ServiceError.invalid(field: "", message: "has more than \(Self.rowLimit) rows")
        }
        if body.count > opening.count {
            pieces.append(ImportTable.Piece(seq: pieces.count + 1, firstLine: firstLine, body: body))
        }
    }

    private static func check(_ head: [String]) throws {
        let known = Imports.Column.allCases.map(\.rawValue)
        for (index, name) in head.enumerated() {
            guard known.contains(name) else {
                throw ServiceError.invalid(
                    field: "",
                    message: "has an unknown column \(name.prefix(40)); known are \(known.joined(separator: ", "))")
            }
            guard head.firstIndex(of: name) == index else {
                throw ServiceError.invalid(field: "", message: "names the column \(name) twice")
            }
        }
        guard head.contains(Imports.Column.wabaID.rawValue) else {
            throw ServiceError.invalid(field: "", message: "has no column waba_id in its first line")
        }
    }
}
