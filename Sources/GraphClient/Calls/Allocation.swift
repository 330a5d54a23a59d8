// SPDX-License-Identifier: Apache-2.0
package import Domain

/// One sharing of a credit line. Source: Meta, share-and-revoke-credit-lines.
package struct Allocation: GraphObject {
    package let id: AllocationID
    @Lenient package var receivingBusiness: BusinessSummary?
    @Lenient private var receivingCredential: GraphReference?
    /// `DELETED` is the only documented value.
    @Lenient package var requestStatus: String?

    enum CodingKeys: String, CodingKey {
        case id
        case receivingBusiness = "receiving_business"
        case receivingCredential = "receiving_credential"
        case requestStatus = "request_status"
    }

    /// Shared with a WABA iff this equals its `primary_funding_id`.
    package var receivingCredentialID: String? { receivingCredential?.id }
    package var isRevoked: Bool { requestStatus == "DELETED" }
}
