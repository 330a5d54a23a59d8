// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// A row as it was given: by a file, or by Meta's list.
struct GivenRow: Sendable {
    let line: Int
    let wabaID: String
    var partnerID: String?
    var customerExternalID: String?
    var customerName: String?

    init(line: Int, listed: WABAAnswer) {
        self.line = line
        wabaID = listed.id.rawValue
    }

    private init(line: Int, _ fields: [String], head: [String]) {
        func value(_ name: String) -> String? {
            guard let index = head.firstIndex(of: name), fields.indices.contains(index), !fields[index].isEmpty else {
                return nil
            }
            return fields[index]
        }
        self.line = line
        wabaID = value("waba_id") ?? ""
        partnerID = value("partner_id")
        customerExternalID = value("customer_external_id")
        customerName = value("customer_name")
    }

    /// A piece begins with the file's head. Lines count records: a line break inside quotes makes no new one.
    static func rows(of piece: ImportTable.Piece) -> [GivenRow] {
        var records = CSVRecords(piece.body)
        guard let head = records.next()?.fields else { return [] }
        var rows: [GivenRow] = []
        while let record = records.next() {
            rows.append(GivenRow(line: piece.firstLine + rows.count, record.fields, head: head))
        }
        return rows
    }

    /// What is wrong with it, if anything.
    var fault: String? {
        guard WABAID(validating: wabaID) != nil else { return "waba_id must be an id of Meta: 1 to 20 digits" }
        for (name, text) in [("customer_external_id", customerExternalID), ("customer_name", customerName)] {
            guard let text else { continue }
            let hasControls = text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            guard text.count <= 200, !hasControls else {
                return "\(name) must have at most 200 characters and no control characters"
            }
        }
        if let partnerID, PartnerID(validating: partnerID) == nil { return "partner_id must be the id of a partner" }
        return nil
    }
}

/// What became of asking about a row.
enum RowAnswer: Sendable {
    /// Decided without Meta, or by its refusal.
    case settled(ImportRow)
    case found(FoundWABA)
    case error(GivenRow, GraphError)

    var error: GraphError? {
        switch self {
        case .settled, .found: nil
        case .error(_, let error): error
        }
    }
}

/// A WABA that Meta shows to the app, and whose it is to be.
struct FoundWABA: Sendable {
    let row: GivenRow
    let partner: PartnerID
    let facts: WABAFacts
    let businessName: String?
    let numbers: [PhoneNumberFacts]
    let isSubscribed: Bool
    let token: BusinessToken?
    let tokenExpiresAt: Timestamp?
    let note: String?
}
