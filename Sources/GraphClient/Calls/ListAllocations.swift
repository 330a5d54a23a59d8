// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{LINE}/owning_credit_allocation_configs?receiving_business_id=…`: finds what is shared with a business. Meta
/// prints one object in the guide and a list in practice; both read as a page.
/// Source: Meta, share-and-revoke-credit-lines.
package struct ListAllocations: PagedGraphRequest {
    package typealias Item = Allocation
    package typealias Response = GraphPage<Allocation>
    package static let operation = "list_allocations"

    package let creditLineID: CreditLineID
    package let receivingBusinessID: BusinessID
    package let token: SystemToken
    package var after: String?

    package init(of creditLineID: CreditLineID, receivingBusinessID: BusinessID, token: SystemToken) {
        self.creditLineID = creditLineID
        self.receivingBusinessID = receivingBusinessID
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { "\(creditLineID)/owning_credit_allocation_configs" }
    package var query: [(String, String)] {
        [("receiving_business_id", receivingBusinessID.rawValue), ("fields", "id,receiving_business")]
            + (after.map { [("after", $0)] } ?? [])
    }
    package var credential: GraphCredential { .bearer(token) }
}
