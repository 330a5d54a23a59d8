// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `DELETE /{WABA}/assigned_users?user=…`. Source: Meta, assigned_users.
package struct RemoveAssignedUser: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "remove_assigned_user"

    package let wabaID: WABAID
    package let userID: SystemUserID
    package let token: SystemToken

    package init(_ wabaID: WABAID, userID: SystemUserID, token: SystemToken) {
        self.wabaID = wabaID
        self.userID = userID
        self.token = token
    }

    package var method: GraphMethod { .delete }
    package var path: String { "\(wabaID)/assigned_users" }
    package var query: [(String, String)] { [("user", userID.rawValue)] }
    package var credential: GraphCredential { .bearer(token) }
    package var isRepeatable: Bool { true }
    package var subject: String? { wabaID.rawValue }
}
