// SPDX-License-Identifier: Apache-2.0

// Source: reference section 9.2 (last row): numbers a partner verifies before a customer takes one.
extension WorldState {
    static let preverificationLife: Milliseconds = 90 * 86_400_000

    mutating func addPreverifiedNumber(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        guard call.nodeID == token.businessID else { throw .permissions }
        let digits = try call.required("phone_number").filter(\.isNumber)
        guard (7...15).contains(digits.count) else { throw .parameter("Param phone_number is not a valid number") }
        guard phoneNumberIDsByDigits[digits] == nil else { throw ErrorCatalog.error(2_388_103) }
        let id = newObjectID()
        put(
            PhoneNumber(
                id: id, wabaID: "", digits: digits, displayNumber: Self.displayNumber(digits), verifiedName: "",
                nameStatus: "NONE", isVerified: false, addedAt: now, preverifiedBy: call.nodeID))
        return GraphReply(["id": .string(id)], effect: .addedPhoneNumber)
    }

    func listPreverifiedNumbers(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> JSON {
        guard call.nodeID == token.businessID else { throw .permissions }
        let own = phoneNumbers.values.filter { $0.preverifiedBy == call.nodeID }
        return try call.page(of: own.map(\.id).sorted()) { (id) throws(GraphError) in
            phoneNumbers[id].map {
                [
                    "id": .string($0.id), "phone_number": .string($0.displayNumber),
                    "code_verification_status": .string(codeVerificationStatus(of: $0)),
                ]
            }
        }
    }

    /// A customer's WABA takes the number; its verification comes with it.
    mutating func takePreverifiedNumber(_ id: String, into waba: WABA) throws(GraphError) -> GraphReply {
        guard var phone = phoneNumbers[id], let owner = phone.preverifiedBy, waba.sharedWith[owner] != nil else {
            throw .parameter("Invalid parameter: preverified_id")
        }
        guard codeVerificationStatus(of: phone) == "VERIFIED" else { throw ErrorCatalog.error(133006) }
        phone.preverifiedBy = nil
        phone.wabaID = waba.id
        phone.verifiedName = waba.name
        phone.nameStatus = "PENDING_REVIEW"
        phone.verifiedAt = now
        put(phone)
        var waba = waba
        waba.phoneNumberIDs.append(id)
        put(waba)
        return GraphReply(["id": .string(id)], effect: .addedPhoneNumber)
    }
}
