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
    var at: Milliseconds
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
        let now = now
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
        return Performance(
            outcome: outcome, usage: reading, appPercent: usage.appPercent(limit: callsPerHourOfApp, at: now),
            at: now)
    }

    private mutating func admit(
        _ call: GraphCall, reading: inout UsageCounters.Reading?
    ) throws(GraphError) -> Permit {
        // An unknown path is refused before anyone asks who calls; an unknown word in the place of an id after it.
        if call.isUnknownPath { throw unsupported(call) }
        guard let token = try authorize(call) else { return Permit() }
        guard call.operation != .unknown || call.nodeID.isObjectID else { throw unsupported(call) }
        guard call.operation != .debugToken, call.operation != .revokeToken else {
            try chargeApp(call)
            return Permit(token: token)
        }
        guard let kind = kind(of: call.nodeID, for: token), isVisible(call.nodeID, kind, to: token) else {
            throw .missingObject(call.nodeID, method: call.method)
        }
        guard call.operation != .unknown else { throw unsupported(call) }
        if call.segments.count > 1, let edge = Operation.edges[call.segments[1]], edge.kind != kind {
            if call.method == .get { throw .unknownField(call.segments[1], nodeType: kind.typeName) }
            throw .missingObject(call.nodeID, method: call.method)
        }
        try checkPermission(call.operation, token)
        if !call.isHandshaken {
            try charge(call, token, reading: &reading)
            try chargeApp(call)
        }
        return Permit(token: token, kind: kind)
    }

    func unsupported(_ call: GraphCall) -> GraphError {
        guard let first = call.segments.first else { return .unsupported(call.method) }
        if call.segments.count == 1 {
            return first.isObjectID ? .missingObject(first, method: call.method) : .unknownAlias(first)
        }
        if call.segments.count == 2, first.isObjectID, Operation.edges[call.segments[1]] != nil {
            return .missingObject(first, method: call.method)
        }
        return .unknownPath("/" + call.segments.dropFirst(first.isObjectID ? 1 : 0).joined(separator: "/"))
    }

    func checkPermission(_ operation: Operation, _ token: AccessToken) throws(GraphError) {
        if operation.requiresSystemToken, token.kind != .system { throw .permissions }
        guard token.kind != .app, let scope = operation.requiredScope else { return }
        guard token.scopes.contains(scope) else {
            throw GraphError(
                status: 403, code: 10, message: "(#10) Application does not have permission for this action")
        }
    }

    private mutating func charge(
        _ call: GraphCall, _ token: AccessToken, reading: inout UsageCounters.Reading?
    ) throws(GraphError) {
        guard let usageClass = call.operation.usageClass, let id = chargedWABA(call) else { return }
        let isActive =
            wabas.look(at: id)?.value.phoneNumberIDs.contains {
                phoneNumbers.look(at: $0)?.value.isRegistered == true
            } ?? false
        let result = usage.charge(id, usageClass, ofApp: token.appID, isActive: isActive, at: now)
        reading = result.reading
        if result.isOver { throw ErrorCatalog.error(80007) }
    }

    private mutating func chargeApp(_ call: GraphCall) throws(GraphError) {
        guard call.operation.countsForApp else { return }
        if usage.countAppCall(limit: callsPerHourOfApp, at: now) { throw ErrorCatalog.error(4) }
    }

    /// 200 for each user of the day; who uses an app without people is its customers. Source: Meta, rate limiting.
    private var callsPerHourOfApp: Int {
        configuration.callsPerHour.app ?? 200 * max(50, businesses.count)
    }

    /// Credit calls count for the WABA or business they name.
    private func chargedWABA(_ call: GraphCall) -> String? {
        if wabas.contains(call.nodeID) { return call.nodeID }
        if let phone = phoneNumbers.look(at: call.nodeID) { return phone.value.wabaID }
        if let allocation = allocations[call.nodeID] { return allocation.receivingBusinessID }
        if call.nodeID == app.extendedCreditLineID {
            return call.parameters.text("waba_id") ?? call.parameters.text("receiving_business_id")
        }
        return call.nodeID
    }
}
