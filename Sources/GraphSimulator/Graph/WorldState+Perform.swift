// SPDX-License-Identifier: Apache-2.0

/// What became of a call in the world.
enum Outcome: Sendable {
    case reply(GraphReply)
    case failure(GraphError)
    /// The callback must answer first; then the same call is performed again.
    case handshake(url: String, verifyToken: String)
}

/// An outcome with what the answer's headers say.
struct Performance: Sendable {
    var outcome: Outcome
    var usage: UsageCounters.Reading?
    var appPercent: Int
}

/// Who calls, on what: the checks before the parameters have passed.
struct Permit: Sendable {
    var token: AccessToken?
    var kind: NodeKind?
}

extension WorldState {
    /// Checks in the documented order, then the call itself. Source: reference section 16.
    mutating func perform(_ call: GraphCall) -> Performance {
        var reading: UsageCounters.Reading?
        let outcome: Outcome
        do throws(GraphError) {
            let permit = try admit(call, reading: &reading)
            if let target = try handshakeTarget(call, permit) {
                outcome = .handshake(url: target.url, verifyToken: target.verifyToken)
            } else {
                let reply = try dispatch(call, permit)
                if let effect = reply.effect { count(effect) }
                outcome = .reply(reply)
            }
        } catch {
            outcome = .failure(error)
        }
        let perHour = 200 * max(1, businesses.count)
        return Performance(outcome: outcome, usage: reading, appPercent: min(99, usage.appCalls * 100 / perHour))
    }

    private mutating func admit(
        _ call: GraphCall, reading: inout UsageCounters.Reading?
    ) throws(GraphError) -> Permit {
        guard call.operation != .unknown else { throw unsupported(call) }
        let token = try authorize(call)
        guard let token else { return Permit() }
        guard call.operation != .debugToken, call.operation != .revokeToken else {
            usage.countAppCall(at: now)
            return Permit(token: token)
        }
        guard let kind = kind(of: call.nodeID), isVisible(call.nodeID, kind, to: token) else {
            throw .missingObject(call.nodeID, method: call.method)
        }
        if call.segments.count > 1, let edge = Operation.edges[call.segments[1]], edge.kind != kind {
            if call.method == .get { throw .unknownField(call.segments[1], nodeType: kind.typeName) }
            throw .missingObject(call.nodeID, method: call.method)
        }
        try checkPermission(call.operation, token)
        if !call.isHandshaken { try charge(call, reading: &reading) }
        return Permit(token: token, kind: kind)
    }

    private func unsupported(_ call: GraphCall) -> GraphError {
        let isNode = call.segments.count == 1 && call.nodeID.allSatisfy(\.isNumber)
        if isNode { return .missingObject(call.nodeID, method: call.method) }
        return .unknownPath(
            "/" + call.segments.dropFirst(call.nodeID.allSatisfy(\.isNumber) ? 1 : 0).joined(separator: "/"))
    }

    private func checkPermission(_ operation: Operation, _ token: AccessToken) throws(GraphError) {
        if operation.requiresSystemToken, token.kind != .system { throw .permissions }
        guard token.kind != .app, let scope = operation.requiredScope else { return }
        guard token.scopes.contains(scope) else {
            throw GraphError(
                status: 403, code: 10, message: "(#10) Application does not have permission for this action")
        }
    }

    private mutating func charge(_ call: GraphCall, reading: inout UsageCounters.Reading?) throws(GraphError) {
        guard let usageClass = call.operation.usageClass, let id = chargedWABA(call) else { return }
        let isActive = wabas[id]?.phoneNumberIDs.contains { phoneNumbers[$0]?.isRegistered == true } ?? false
        let result = usage.charge(id, usageClass, isActive: isActive, at: now)
        reading = result.reading
        if result.isOver { throw ErrorCatalog.error(80007) }
    }

    /// Credit calls count for the WABA or business they name.
    private func chargedWABA(_ call: GraphCall) -> String? {
        if let phone = phoneNumbers[call.nodeID] { return phone.wabaID }
        if let allocation = allocations[call.nodeID] { return allocation.receivingBusinessID }
        if call.nodeID == app.extendedCreditLineID {
            return call.parameters.text("waba_id") ?? call.parameters.text("receiving_business_id")
        }
        return call.nodeID
    }

    private mutating func dispatch(_ call: GraphCall, _ permit: Permit) throws(GraphError) -> GraphReply {
        switch call.operation {
        case .exchangeCode: return try exchangeCode(call)
        case .appToken: return try appToken(call)
        case .longLivedToken: return try longLivedToken(call)
        case .unknown: throw unsupported(call)
        default: break
        }
        guard let token = permit.token else { throw .missingToken }
        switch call.operation {
        case .revokeToken: return try revokeToken(call)
        case .debugToken: return try debugToken(call, token)
        case .fetchBusinessToken: return try fetchBusinessToken(call, token)
        case .appSubscribe: return try subscribeCallback(call, token)
        case .appSubscriptions: return listSubscriptions(token)
        case .appUnsubscribe: return unsubscribeCallback(token)
        case .readBusiness: return try readBusiness(call)
        case .listSystemUsers: return listSystemUsers(call)
        case .readSolution: return try readSolution(call)
        case .solutionAccessToken: return try solutionAccessToken(call, token)
        case .listWABASolutions: return try listSolutions(call)
        case .listCreditLines: return try listCreditLines(call)
        case .shareCredit: return try shareCredit(call, token)
        case .shareCreditOnly: return try shareCreditOnly(call, token)
        case .attachCredit: return try attachCredit(call, token)
        case .listAllocations: return try listAllocations(call)
        case .readAllocation: return try readAllocation(call)
        case .revokeCredit: return revokeCredit(call)
        default: return try dispatchOnWABA(call, token)
        }
    }

    private mutating func dispatchOnWABA(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        switch call.operation {
        case .readWABA: return try readWABA(call, token)
        case .updateWABA: return try updateWABA(call)
        case .listClientWABAs: return try listWABAs(call, token, index: shared)
        case .listOwnedWABAs: return try listWABAs(call, token, index: owned)
        case .subscribeApp: return try subscribeApp(call, token)
        case .listSubscribedApps: return listSubscribedApps(call)
        case .unsubscribeApp: return unsubscribeApp(call, token)
        case .assignUser: return try assignUser(call, token)
        case .listAssignedUsers: return try listAssignedUsers(call)
        case .removeAssignedUser: return try removeAssignedUser(call)
        case .listPhoneNumbers: return try listPhoneNumbers(call, token)
        case .addPhoneNumber: return try addPhoneNumber(call)
        default: break
        }
        guard let phone = phoneNumbers[call.nodeID] else { throw .missingObject(call.nodeID, method: call.method) }
        switch call.operation {
        case .readPhoneNumber: return try readPhoneNumber(call, phone, token)
        case .updatePhoneNumber: return try updatePhoneNumber(call, phone)
        case .requestCode: return try requestCode(call, phone)
        case .verifyCode: return try verifyCode(call, phone)
        case .register: return try register(call, phone)
        case .deregister: return try deregister(phone)
        case .readProfile: return try readProfile(call, phone)
        case .updateProfile: return try updateProfile(call, phone)
        case .sendMessage: return try sendMessage(call, phone)
        case .syncBusinessApp: return try syncBusinessApp(call, phone)
        default: throw unsupported(call)
        }
    }
}
