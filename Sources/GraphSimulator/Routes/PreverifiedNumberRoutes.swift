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
        let status = call.parameters.text("code_verification_status")
        let own = phoneNumbers.values.filter { phone in
            guard let owner = phone.preverifiedBy else { return false }
            return (owner == call.nodeID || phone.preverifiedFor?.contains(call.nodeID) == true)
                && (status == nil || codeVerificationStatus(of: phone) == status)
        }
        return try call.page(of: own.sorted { ($0.addedAt, $0.id) < ($1.addedAt, $1.id) }.map(\.id)) {
            (id) throws(GraphError) in
            phoneNumbers[id].map {
                [
                    "id": .string($0.id), "phone_number": .string($0.displayNumber),
                    "code_verification_status": .string(codeVerificationStatus(of: $0)),
                ]
            }
        }
    }

    /// Lets another partner of a solution offer the number, or no longer.
    /// Source: Meta, pre-verified phone numbers (sharing and unsharing).
    mutating func sharePreverifiedNumber(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        guard call.nodeID == token.businessID else { throw .permissions }
        let id = try call.required("preverified_id")
        let partnerID = try call.required("partner_business_id")
        guard var phone = phoneNumbers[id], phone.preverifiedBy == call.nodeID else {
            throw .parameter("Invalid parameter: preverified_id")
        }
        guard partnerID != call.nodeID, party(ofBusiness: partnerID) != nil else {
            throw .parameter("Invalid parameter: partner_business_id")
        }
        let isShared = call.operation == .sharePreverifiedNumber
        var partners = phone.preverifiedFor ?? []
        partners.removeAll { $0 == partnerID }
        if isShared { partners.append(partnerID) }
        phone.preverifiedFor = partners.isEmpty ? nil : partners
        put(phone)
        return .success(isShared ? .sharedPhoneNumber : .unsharedPhoneNumber)
    }

    /// A customer's WABA takes the number; its verification comes with it.
    mutating func takePreverifiedNumber(_ id: String, into waba: WABA) throws(GraphError) -> GraphReply {
        guard var phone = phoneNumbers[id], let owner = phone.preverifiedBy,
            ([owner] + (phone.preverifiedFor ?? [])).contains(where: { waba.sharedWith[$0] != nil })
        else { throw .parameter("Invalid parameter: preverified_id") }
        guard codeVerificationStatus(of: phone) == "VERIFIED" else { throw ErrorCatalog.error(133006) }
        phone.preverifiedBy = nil
        phone.preverifiedFor = nil
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
