// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{BUSINESS}/client_whatsapp_business_accounts`: WABAs that customers shared with the partner, a page at a time.
/// Source: Meta, manage-accounts, 2026-06-28.
package struct ListClientWABAs: PagedGraphRequest {
    package typealias Item = WABAAnswer
    package typealias Response = GraphPage<WABAAnswer>
    package static let operation = "list_client_wabas"

    package let businessID: BusinessID
    package let fields: [WABAField]
    package let filter: WABAListFilter?
    package let order: WABAListOrder?
    /// Items a page, 1 to 100; Meta's default is 25.
    package let limit: Int
    package let token: SystemToken
    package var after: String?

    package init(
        of businessID: BusinessID, fields: [WABAField] = WABAField.facts, filter: WABAListFilter? = nil,
        order: WABAListOrder? = nil, limit: Int = 100, token: SystemToken
    ) {
        self.businessID = businessID
        self.fields = fields
        self.filter = filter
        self.order = order
        self.limit = limit
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { "\(businessID)/client_whatsapp_business_accounts" }
    package var query: [(String, String)] {
        WABAListOrder.query(
            fields: fields, filter: filter, order: order, limit: limit, after: after)
    }
    package var credential: GraphCredential { .bearer(token) }
}
