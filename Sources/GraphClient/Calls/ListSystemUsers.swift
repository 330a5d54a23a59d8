// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{BUSINESS}/system_users`. Source: Meta, business management, system users.
package struct ListSystemUsers: PagedGraphRequest {
    package typealias Item = SystemUser
    package typealias Response = GraphPage<SystemUser>
    package static let operation = "list_system_users"

    package let businessID: BusinessID
    package let token: SystemToken
    package var after: String?

    package init(of businessID: BusinessID, token: SystemToken) {
        self.businessID = businessID
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { "\(businessID)/system_users" }
    package var query: [(String, String)] { after.map { [("after", $0)] } ?? [] }
    package var credential: GraphCredential { .bearer(token) }
}

package struct SystemUser: GraphObject {
    package let id: SystemUserID
    @Lenient package var name: String?
    /// `ADMIN` or `EMPLOYEE`; sharing credit needs the first, or a financial role.
    @Lenient package var role: String?
}
