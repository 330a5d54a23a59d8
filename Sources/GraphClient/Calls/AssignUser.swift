// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{WABA}/assigned_users?user&tasks=['MANAGE']`: puts the partner's system user on the WABA.
/// Source: Meta, onboarding-customers-as-a-solution-partner.
package struct AssignUser: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "assign_user"

    package let wabaID: WABAID
    package let userID: SystemUserID
    /// `MANAGE`, `MANAGE_BILLING`, `DEVELOP`, …
    package let tasks: [String]
    package let token: SystemToken

    package init(_ wabaID: WABAID, userID: SystemUserID, tasks: [String] = ["MANAGE"], token: SystemToken) {
        self.wabaID = wabaID
        self.userID = userID
        self.tasks = tasks
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(wabaID)/assigned_users" }
    package var query: [(String, String)] {
        let list = tasks.map { "'\($0)'" }.joined(separator: ",")
        return [("user", userID.rawValue), ("tasks", "[\(list)]")]
    }
    package var credential: GraphCredential { .bearer(token) }
    package var isRepeatable: Bool { true }
    package var subject: String? { wabaID.rawValue }
}
