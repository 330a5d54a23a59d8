// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `{"success"?, "allocation_config_id", "waba_id"?}` of the three sharing calls.
package struct CreditShareAnswer: GraphObject, SaysSuccess {
    @Lenient package var success: Bool?
    @Lenient package var allocationID: AllocationID?
    @Lenient package var wabaID: WABAID?

    enum CodingKeys: String, CodingKey {
        case success
        case allocationID = "allocation_config_id"
        case wabaID = "waba_id"
    }

    package var isSuccess: Bool? { success }
}
