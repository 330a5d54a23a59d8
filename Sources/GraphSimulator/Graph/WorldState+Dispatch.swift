// SPDX-License-Identifier: Apache-2.0

extension WorldState {
    mutating func dispatch(_ call: GraphCall, _ permit: Permit) throws(GraphError) -> GraphReply {
        switch call.operation {
        case .exchangeCode: return try exchangeCode(call)
        case .appToken: return try appToken(call)
        case .longLivedToken: return try longLivedToken(call)
        case .unknown: throw unsupported(call)
        default: break
        }
        guard let token = permit.token else { throw .missingToken }
        if let body = try read(call, token) { return GraphReply(body) }
        switch call.operation {
        case .revokeToken: return try revokeToken(call)
        case .fetchBusinessToken: return try fetchBusinessToken(call, token)
        case .createSystemToken: return try createSystemToken(call, token)
        case .solutionAccessToken: return try solutionAccessToken(call, token)
        case .appSubscribe: return try subscribeCallback(call, token)
        case .appUnsubscribe: return try unsubscribeCallback(call, token)
        case .certifyBusiness: return try certifyBusiness(call, token)
        case .addPreverifiedNumber: return try addPreverifiedNumber(call, token)
        case .sharePreverifiedNumber, .unsharePreverifiedNumber: return try sharePreverifiedNumber(call, token)
        case .shareCredit: return try shareCredit(call, token)
        case .shareCreditOnly: return try shareCreditOnly(call, token)
        case .attachCredit: return try attachCredit(call, token)
        case .revokeCredit: return revokeCredit(call)
        case .createSolution: return try createSolution(call, token)
        case .acceptSolution, .rejectSolution, .requestDeactivation, .acceptDeactivation, .rejectDeactivation:
            return try changeSolution(call, token)
        default: return try dispatchOnWABA(call, token)
        }
    }

    private mutating func dispatchOnWABA(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        switch call.operation {
        case .updateWABA: return try updateWABA(call)
        case .subscribeApp: return try subscribeApp(call, token)
        case .unsubscribeApp: return unsubscribeApp(call, token)
        case .assignUser: return try assignUser(call, token)
        case .removeAssignedUser: return try removeAssignedUser(call)
        case .addPhoneNumber: return try addPhoneNumber(call)
        case .createTemplate: return try createTemplate(call)
        case .deleteTemplate: return try deleteTemplate(call)
        case .updateTemplate: return try updateTemplate(call)
        case .migrateToSolution: return try migrateToSolution(call, token)
        default: break
        }
        guard let phone = phoneNumbers[call.nodeID] else { throw .missingObject(call.nodeID, method: call.method) }
        switch call.operation {
        case .requestCode: return try requestCode(call, phone)
        case .verifyCode: return try verifyCode(call, phone)
        default: break
        }
        // A number that no WABA has can be verified and nothing else.
        guard phone.preverifiedBy == nil else { throw .missingObject(phone.id, method: call.method) }
        switch call.operation {
        case .updatePhoneNumber: return try updatePhoneNumber(call, phone)
        case .register: return try register(call, phone)
        case .deregister: return try deregister(phone)
        case .updateProfile: return try updateProfile(call, phone)
        case .sendMessage: return try sendMessage(call, phone)
        case .syncBusinessApp: return try syncBusinessApp(call, phone)
        default: throw unsupported(call)
        }
    }

    /// The answer of a call that changes nothing; nil for the others. Edges asked for as fields come here too.
    func read(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> JSON? {
        switch call.operation {
        case .readWABA: try readWABA(call, token)
        case .readPhoneNumber: try readPhoneNumber(call, token)
        case .debugToken: try debugToken(call, token)
        case .readUser: try readUser(call, token)
        case .listUserBusinesses: try listUserBusinesses(call, token)
        case .listPermissions: listPermissions(call, token)
        case .readApp: try readApp(call)
        case .listConnectedBusinesses: try listConnectedBusinesses(call, token)
        case .appSubscriptions: try listSubscriptions(call, token)
        case .readBusiness: try readBusiness(call, token)
        case .listSystemUsers: listSystemUsers(call)
        case .listCertifications: try listCertifications(call)
        case .listPreverifiedNumbers: try listPreverifiedNumbers(call, token)
        case .listClientWABAs: try listWABAs(call, token, index: shared)
        case .listOwnedWABAs: try listWABAs(call, token, index: owned)
        case .listCreditLines: try listCreditLines(call)
        case .listAllocations: try listAllocations(call)
        case .readAllocation: try readAllocation(call)
        case .listSubscribedApps: listSubscribedApps(call)
        case .listAssignedUsers: try listAssignedUsers(call)
        case .listPhoneNumbers: try listPhoneNumbers(call, token)
        case .listTemplates: try listTemplates(call)
        case .readTemplate: try readTemplate(call)
        case .readProfile: try readProfile(call)
        case .listSolutions: try listSolutions(call, token)
        case .readSolution: try readSolution(call)
        case .listWABASolutions: try listWABASolutions(call)
        default: nil
        }
    }

    /// An edge asked for as a field of its node, such as `phone_numbers.limit(2){id}`; nil when there is none.
    /// Source: Meta, field expansion.
    func expanded(
        _ field: FieldSelection, of id: String, _ kind: NodeKind, for call: GraphCall, _ token: AccessToken
    ) throws(GraphError) -> JSON? {
        guard let edge = Operation.edges[field.name], edge.kind == kind, let operation = edge.get else { return nil }
        var inner = call
        inner.method = .get
        inner.segments = [id, field.name]
        inner.operation = operation
        inner.alias = nil
        inner.parameters = Parameters()
        for modifier in field.modifiers { inner.parameters.set(modifier.name, .string(modifier.value)) }
        if let names = field.inner {
            inner.parameters.set("fields", .string(names.map(\.text).joined(separator: ",")))
        }
        try checkPermission(operation, token)
        return try read(inner, token)
    }
}
