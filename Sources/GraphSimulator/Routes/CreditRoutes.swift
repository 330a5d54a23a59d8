// SPDX-License-Identifier: Apache-2.0

// Source: Meta, share and revoke credit lines; reference section 9.1; seed 001. Error codes are inferred there.
extension WorldState {
    static let currencies: Set<String> = ["AUD", "EUR", "GBP", "IDR", "INR", "USD"]

    func listCreditLines(_ call: GraphCall) throws(GraphError) -> JSON {
        guard call.nodeID == app.businessID else { return ["data": []] }
        let fields = try call.fields(default: ["id", "legal_entity_name"])
        let line = try JSON.node(fields, type: .creditLine) { (field) throws(GraphError) in
            switch field.name {
            case "id": .value(.string(app.extendedCreditLineID))
            case "legal_entity_name": .value(.string(app.businessName))
            case "allocated_amount", "balance", "credit_available", "credit_type", "extended_credit_type",
                "is_access_revoked", "is_automated_experience", "last_payment_time", "liable_address",
                "liable_biz_name",
                "max_balance", "online_max_balance", "owner_business", "owner_business_name", "partition_from",
                "receiving_credit_allocation_config", "send_bill_to_address", "send_bill_to_biz_name":
                .absent
            default: .unknown
            }
        }
        return ["data": .array([line])]
    }

    mutating func shareCredit(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        var (waba, currency) = try fundable(call, token)
        let tasks = waba.assignedUsers[token.userID] ?? []
        guard tasks.contains(where: ["MANAGE", "MANAGE_BILLING", "FULL_CONTROL"].contains) else { throw .permissions }
        let allocation = allocation(forBusiness: waba.ownerBusinessID) ?? newAllocation(waba.ownerBusinessID)
        attach(allocation, to: &waba, currency: currency)
        return GraphReply(
            ["allocation_config_id": .string(allocation.id), "waba_id": .string(waba.id)], effect: .sharedCredit)
    }

    mutating func shareCreditOnly(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        let business = try call.required("receiving_business_id")
        guard businesses[business] != nil, !sharedWABAIDs(of: business, with: token.businessID).isEmpty else {
            throw .parameter("Invalid parameter: receiving_business_id")
        }
        let known = allocation(forBusiness: business)
        let allocation = known ?? newAllocation(business)
        return GraphReply(
            ["success": true, "allocation_config_id": .string(allocation.id)],
            effect: known == nil ? .sharedCredit : nil)
    }

    mutating func attachCredit(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        var (waba, currency) = try fundable(call, token)
        guard let allocation = allocation(forBusiness: waba.ownerBusinessID) else {
            throw .parameter(
                "The credit line is not shared with the business that owns this WhatsApp Business Account.")
        }
        attach(allocation, to: &waba, currency: currency)
        return GraphReply(
            [
                "success": true, "waba_id": .string(waba.id), "allocation_config_id": .string(allocation.id),
            ], effect: .attachedCredit)
    }

    /// A line once attached is final: a second attach is refused.
    private func fundable(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> (WABA, String) {
        let currency = try call.required("waba_currency")
        let id = try call.required("waba_id")
        guard Self.currencies.contains(currency) else {
            throw .parameter("Param waba_currency must be one of {\(Self.currencies.sorted().joined(separator: ", "))}")
        }
        guard let waba = wabas[id], isVisible(id, .waba, to: token) else {
            throw .parameter("Invalid parameter: waba_id")
        }
        guard waba.allocationID == nil, waba.primaryFundingID == nil else {
            throw .parameter("This WhatsApp Business Account already has a line of credit or payment method attached.")
        }
        return (waba, currency)
    }

    private mutating func attach(_ allocation: CreditAllocation, to waba: inout WABA, currency: String) {
        waba.allocationID = allocation.id
        waba.primaryFundingID = allocation.receivingCredentialID
        waba.currency = currency
        put(waba)
    }

    private func allocation(forBusiness id: String) -> CreditAllocation? {
        allocationIDsByBusiness[id].flatMap { allocations[$0] }
    }

    private mutating func newAllocation(_ business: String) -> CreditAllocation {
        let allocation = CreditAllocation(
            id: Identifiers.object(), lineID: app.extendedCreditLineID, receivingBusinessID: business,
            receivingCredentialID: Identifiers.object())
        put(allocation)
        return allocation
    }

    func listAllocations(_ call: GraphCall) throws(GraphError) -> JSON {
        let business = try call.required("receiving_business_id")
        let fields = try call.fields(default: ["id", "receiving_business"])
        guard let allocation = allocation(forBusiness: business) else { return ["data": []] }
        return ["data": .array([try node(allocation, fields)])]
    }

    func readAllocation(_ call: GraphCall) throws(GraphError) -> JSON {
        guard let allocation = allocations[call.nodeID] else { throw .missingObject(call.nodeID, method: .get) }
        return try node(allocation, try call.fields(default: ["id"]))
    }

    private func node(_ allocation: CreditAllocation, _ fields: [FieldSelection]) throws(GraphError) -> JSON {
        try .node(fields, type: .allocation) { (field) throws(GraphError) in
            switch field.name {
            case "id": .value(.string(allocation.id))
            case "receiving_business": .value(businessObject(allocation.receivingBusinessID))
            case "receiving_credential": .value(["id": .string(allocation.receivingCredentialID)])
            case "owning_credential": .value(["id": .string(allocation.lineID)])
            case "request_status": allocation.isDeleted ? .value("DELETED") : .value("ACTIVE")
            case "currency_amount", "liability_type", "owning_business", "partition_type", "send_bill_to": .absent
            default: .unknown
            }
        }
    }

    /// All WABAs of the receiving business lose the line.
    mutating func revokeCredit(_ call: GraphCall) -> GraphReply {
        guard var allocation = allocations[call.nodeID], !allocation.isDeleted else { return .success(nil) }
        allocation.isDeleted = true
        put(allocation)
        for id in businesses[allocation.receivingBusinessID]?.wabaIDs ?? [] {
            guard var waba = wabas[id], waba.allocationID == allocation.id else { continue }
            // The same line may come back later; another one may not, but the sandbox has only one.
            waba.allocationID = nil
            waba.primaryFundingID = nil
            put(waba)
        }
        return .success(.revokedCredit)
    }
}
