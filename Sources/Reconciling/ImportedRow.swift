// SPDX-License-Identifier: Apache-2.0
import Domain
import Store

/// Writes what a row brings, in the transaction that reports it.
struct ImportedRow {
    let tx: StoreTransaction
    let item: WABAImport

    func take(_ answer: RowAnswer) throws -> ImportRow {
        switch answer {
        case .settled(let row): return row
        case .error(let row, let error):
            return ImportRow(line: row.line, wabaID: row.wabaID, outcome: .failed, detail: error.plainText)
        case .found(let found): return try own(found)
        }
    }

    private func own(_ found: FoundWABA) throws -> ImportRow {
        func report(_ outcome: ImportOutcome, _ detail: String?, _ customer: CustomerID? = nil) -> ImportRow {
            ImportRow(
                line: found.row.line, wabaID: found.row.wabaID, outcome: outcome, detail: detail,
                partnerID: outcome == .imported || outcome == .alreadyHere ? found.partner : nil, customerID: customer)
        }
        let waba = found.facts.id
        if let record = try tx.wabas.find(waba), record.state.isHeld {
            // A row above, or an onboarding, was first.
            return record.partnerID == found.partner
                ? report(.alreadyHere, nil, record.customerID) : report(.ownedByAnotherPartner, nil)
        }
        guard let customer = try customer(of: found) else { return report(.invalid, "the customer could not be made") }
        guard
            try tx.wabas.own(
                found.facts, by: found.partner, customer: customer, app: item.appID, evidence: .operatorImport)
        else { return report(.ownedByAnotherPartner, nil) }
        for number in found.numbers { try tx.phoneNumbers.upsert(number, waba: waba, partner: found.partner) }
        if let token = found.token {
            try tx.secrets.put(token, as: .businessToken, of: .waba(waba))
            try tx.wabas.setTokenExpiry(found.tokenExpiresAt, of: waba)
        }
        try tx.wabas.setSubscribed(found.isSubscribed, of: waba)
        let canSend = found.numbers.contains(where: \.isConnected)
        if canSend { try tx.wabas.setLive(waba) }
        try tx.activities.record(
            partner: found.partner, actor: item.requestedBy, action: "waba.imported", target: waba.rawValue,
            detail: item.id.rawValue)
        let notes = [
            found.note, canSend ? nil : "no number is connected",
            found.isSubscribed ? nil : "the app is not subscribed",
        ]
        let text = notes.compactMap(\.self).joined(separator: "; ")
        return report(.imported, text.isEmpty ? nil : text, customer)
    }

    /// By external id; else the one that has another WABA of this business; else a new one.
    private func customer(of found: FoundWABA) throws -> CustomerID? {
        if let externalID = found.row.customerExternalID {
            let known = try tx.customers.page(of: found.partner, externalID: externalID, PageRequest(limit: 1))
            if let customer = known.items.first { return customer.id }
        } else if let business = found.facts.businessID {
            let siblings = try tx.wabas.ofBusiness(business).filter { $0.partnerID == found.partner }
            if let sibling = siblings.first { return sibling.customerID }
        }
        let name = found.row.customerName ?? found.businessName ?? found.facts.name ?? "WABA \(found.facts.id)"
        let customer = Customer(
            id: CustomerID(at: tx.now), partnerID: found.partner, name: String(name.prefix(200)), email: nil,
            phone: nil, externalID: found.row.customerExternalID, createdAt: tx.now)
        return try tx.customers.insert(customer) == nil ? customer.id : nil
    }
}
