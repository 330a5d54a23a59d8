// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `DELETE /{ALLOCATION}`: all WABAs of the receiving business lose the line and their messages stop.
/// Source: Meta, share-and-revoke-credit-lines.
package struct RevokeAllocation: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "revoke_credit"

    package let allocationID: AllocationID
    package let token: SystemToken

    package init(_ allocationID: AllocationID, token: SystemToken) {
        self.allocationID = allocationID
        self.token = token
    }

    package var method: GraphMethod { .delete }
    package var path: String { allocationID.rawValue }
    package var credential: GraphCredential { .bearer(token) }
    package var isRepeatable: Bool { true }
}
