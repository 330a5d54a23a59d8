// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct CustomerTable {
    let tx: StoreTransaction

    /// Which field of another customer of the same partner is in the way.
    package enum Conflict: Sendable, Hashable {
        case email
        case phone
        case externalID
    }

    /// Inserts, or returns what is taken already.
    package func insert(_ customer: Customer) throws -> Conflict? {
        if let conflict = try conflict(of: customer) { return conflict }
        try tx.sql.execute(
            """
            INSERT INTO customer (id, partner_id, name, email, email_key, phone, phone_key, external_id, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(customer.id), .id(customer.partnerID), .text(customer.name), .text(customer.email),
                .text(customer.email.map(Customer.emailKey(_:))), .text(customer.phone),
                .text(customer.phone.map(Customer.phoneKey(_:))), .text(customer.externalID), .time(customer.createdAt),
            ])
        return nil
    }

    private func conflict(of customer: Customer) throws -> Conflict? {
        let partner = SQLValue.id(customer.partnerID)
        if let email = customer.email,
            try tx.sql.first(
                "SELECT id FROM customer WHERE partner_id = ? AND email_key = ?",
                [partner, .text(Customer.emailKey(email))])
                != nil
        {
            return .email
        }
        if let phone = customer.phone,
            try tx.sql.first(
                "SELECT id FROM customer WHERE partner_id = ? AND phone_key = ?",
                [partner, .text(Customer.phoneKey(phone))])
                != nil
        {
            return .phone
        }
        if let externalID = customer.externalID,
            try tx.sql.first(
                "SELECT id FROM customer WHERE partner_id = ? AND external_id = ?", [partner, .text(externalID)])
                != nil
        {
            return .externalID
        }
        return nil
    }

    /// Nil for an unknown customer and for another partner's alike.
    package func find(_ id: CustomerID, of partner: PartnerID) throws -> Customer? {
        try tx.sql.first("SELECT * FROM customer WHERE id = ? AND partner_id = ?", [.id(id), .id(partner)])
            .map(Self.read(_:))
    }

    /// For the operator, who sees every partner's.
    package func find(_ id: CustomerID) throws -> Customer? {
        try tx.sql.first("SELECT * FROM customer WHERE id = ?", [.id(id)]).map(Self.read(_:))
    }

    package func page(of partner: PartnerID?, externalID: String? = nil, _ request: PageRequest) throws -> Page<
        Customer
    > {
        var query = KeysetQuery("SELECT * FROM customer")
        if let partner { query.filter("partner_id = ?", .id(partner)) }
        if let externalID { query.narrow("external_id = ?", .text(externalID)) }
        return try query.page(request, in: tx.sql, Self.read(_:))
    }

    private static func read(_ row: SQLRow) throws -> Customer {
        Customer(
            id: try row.id("id"), partnerID: try row.id("partner_id"), name: try row.text("name"),
            email: try row.optionalText("email"), phone: try row.optionalText("phone"),
            externalID: try row.optionalText("external_id"), createdAt: try row.timestamp("created_at"))
    }
}

extension StoreTransaction {
    package var customers: CustomerTable { CustomerTable(tx: self) }
}
