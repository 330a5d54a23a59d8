// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{BUSINESS}/extendedcredits?fields=id,legal_entity_name`. Source: Meta, share-and-revoke-credit-lines.
package struct ListCreditLines: PagedGraphRequest {
    package typealias Item = CreditLine
    package typealias Response = GraphPage<CreditLine>
    package static let operation = "list_credit_lines"

    package let businessID: BusinessID
    package let token: SystemToken
    package var after: String?

    package init(of businessID: BusinessID, token: SystemToken) {
        self.businessID = businessID
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { "\(businessID)/extendedcredits" }
    package var query: [(String, String)] {
        [("fields", "id,legal_entity_name")] + (after.map { [("after", $0)] } ?? [])
    }
    package var credential: GraphCredential { .bearer(token) }
}

package struct CreditLine: GraphObject {
    package let id: CreditLineID
    @Lenient package var legalEntityName: String?

    enum CodingKeys: String, CodingKey {
        case id
        case legalEntityName = "legal_entity_name"
    }
}
