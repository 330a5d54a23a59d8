// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{ALLOCATION}?fields=…`: verifies sharing and revoking. Source: Meta, share-and-revoke-credit-lines.
package struct ReadAllocation: GraphRequest {
    package typealias Response = Allocation
    package static let operation = "read_allocation"

    package enum Field: String, Sendable {
        case receivingCredential = "receiving_credential"
        case receivingBusiness = "receiving_business"
        case requestStatus = "request_status"
    }

    package let allocationID: AllocationID
    package let fields: [Field]
    package let token: SystemToken

    package init(_ allocationID: AllocationID, fields: [Field], token: SystemToken) {
        self.allocationID = allocationID
        self.fields = fields
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { allocationID.rawValue }
    package var query: [(String, String)] { fields.fieldsQuery }
    package var credential: GraphCredential { .bearer(token) }
}
