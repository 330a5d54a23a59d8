// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{WABA}/assigned_users?business=…`: who of the business may do what on the WABA. Source: Meta, assigned_users.
package struct ListAssignedUsers: PagedGraphRequest {
    package typealias Item = AssignedUser
    package typealias Response = GraphPage<AssignedUser>
    package static let operation = "list_assigned_users"

    package let wabaID: WABAID
    /// The partner's portfolio; the guide's sample puts the WABA here by mistake.
    package let businessID: BusinessID
    package let token: SystemToken
    package var after: String?

    package init(_ wabaID: WABAID, businessID: BusinessID, token: SystemToken) {
        self.wabaID = wabaID
        self.businessID = businessID
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { "\(wabaID)/assigned_users" }
    package var query: [(String, String)] {
        [("business", businessID.rawValue)] + (after.map { [("after", $0)] } ?? [])
    }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { wabaID.rawValue }
}

package struct AssignedUser: GraphObject {
    package let id: SystemUserID
    @Lenient package var name: String?
    @Lenient package var tasks: [String]?
}
