// SPDX-License-Identifier: Apache-2.0

// Source: Meta, Multi-Partner Solutions; reference section 9.2. Error codes are not published: 100 stands for all.
extension WorldState {
    static let migrationLife: Milliseconds = 90 * 86_400_000

    mutating func createSolution(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        let name = try call.required("solution_name")
        guard (2...75).contains(name.count) else {
            throw .parameter("Param solution_name must be between 2 and 75 characters long.")
        }
        let partnerAppID = try call.required("partner_app_id")
        guard partnerAppID != token.appID, party(ofApp: partnerAppID) != nil else {
            throw .parameter("Invalid parameter: partner_app_id")
        }
        let solution = Solution(
            id: newObjectID(), name: name, ownerAppID: token.appID,
            ownerPermissions: try permissions("owner_permissions", call), partnerAppID: partnerAppID,
            partnerPermissions: try permissions("partner_permissions", call), partnerEntryID: newObjectID(),
            status: "INITIATED", pendingStatus: "PENDING_ACTIVATION")
        put(solution)
        announce(solution, event: "SOLUTION_CREATED")
        return GraphReply(["solution_id": .string(solution.id)], effect: .createdSolution)
    }

    private func permissions(_ name: String, _ call: GraphCall) throws(GraphError) -> [String] {
        guard let values = call.parameters.list(name), !values.isEmpty else { throw .required(name) }
        guard values.allSatisfy(Self.tasks.contains) else {
            throw .parameter("Param \(name)[0] must be one of {\(Self.tasks.sorted().joined(separator: ", "))}")
        }
        return values
    }

    /// Accept and reject are the partner's; an end is asked for by one and answered by the other.
    mutating func changeSolution(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        guard var solution = solutions[call.nodeID] else { throw .missingObject(call.nodeID, method: .post) }
        switch call.operation {
        case .acceptSolution, .rejectSolution:
            guard token.appID == solution.partnerAppID else { throw .permissions }
            guard solution.status == "INITIATED" else { throw Self.wrongState(solution) }
            solution.status = call.operation == .acceptSolution ? "ACTIVE" : "REJECTED"
            solution.pendingStatus = "NONE"
        case .requestDeactivation:
            guard solution.status == "ACTIVE", solution.pendingStatus == "NONE" else { throw Self.wrongState(solution) }
            solution.pendingStatus = "PENDING_DEACTIVATION"
            solution.deactivationAskedBy = token.appID
        default:
            guard solution.pendingStatus == "PENDING_DEACTIVATION" else { throw Self.wrongState(solution) }
            guard token.appID != solution.deactivationAskedBy else { throw .permissions }
            if call.operation == .acceptDeactivation { solution.status = "DEACTIVATED" }
            solution.pendingStatus = "NONE"
            solution.deactivationAskedBy = nil
        }
        put(solution)
        announce(solution, event: "SOLUTION_UPDATED")
        return .success(.changedSolution)
    }

    private static func wrongState(_ solution: Solution) -> GraphError {
        .parameter("Invalid parameter: the solution is \(solution.status), its request \(solution.pendingStatus).")
    }

    private mutating func announce(_ solution: Solution, event: String) {
        let status = solution.pendingStatus == "PENDING_DEACTIVATION" ? solution.pendingStatus : solution.status
        for appID in [solution.ownerAppID, solution.partnerAppID] {
            guard let party = party(ofApp: appID), appSubscriptions[appID] != nil else { continue }
            emit(
                field: "partner_solutions", wabaID: solution.id, entryID: party.businessID,
                value: [
                    "event": .string(event), "solution_id": .string(solution.id), "solution_status": .string(status),
                ], apps: [appID])
        }
    }

    /// Asks the customer to move a WABA; who does not answer in 90 days has agreed.
    mutating func migrateToSolution(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        guard var waba = wabas[call.nodeID] else { throw .missingObject(call.nodeID, method: .post) }
        let id = try call.required("solution_id")
        guard let solution = solutions[id], [solution.ownerAppID, solution.partnerAppID].contains(token.appID),
            solution.status == "ACTIVE"
        else { throw .parameter("Invalid parameter: solution_id") }
        if let pending = waba.migration, pending.solutionID != id { throw ErrorCatalog.error(2_593_079) }
        guard waba.solutionID != id else { throw ErrorCatalog.error(2_593_085) }
        if let pending = waba.migration { return GraphReply(["id": .string(pending.id)]) }
        let migration = SolutionMigration(id: newObjectID(), solutionID: id)
        waba.migration = migration
        put(waba)
        schedule(change: .migration(wabaID: waba.id, solutionID: id), lane: waba.id, after: Self.migrationLife)
        return GraphReply(["id": .string(migration.id)], effect: .askedForMigration)
    }

    mutating func migrate(_ wabaID: String, to solutionID: String) {
        guard var waba = wabas[wabaID], waba.migration?.solutionID == solutionID else { return }
        waba.migration = nil
        waba.solutionID = solutionID
        put(waba)
    }
}
