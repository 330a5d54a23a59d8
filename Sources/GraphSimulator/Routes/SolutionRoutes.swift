// SPDX-License-Identifier: Apache-2.0

// Source: Meta, Multi-Partner Solutions; reference section 9.2.
extension WorldState {
    private static let solutionDefaults = ["name", "status", "status_for_pending_request", "id"]

    /// The one that is there from the start: the other app's, with ours as partner.
    var sandboxSolution: Solution {
        Solution(
            id: app.solutionID, name: "Sandbox Solution", ownerAppID: app.partner.appID,
            ownerPermissions: ["MESSAGING", "MANAGE_PHONE"], partnerAppID: app.appID,
            partnerPermissions: ["MANAGE_TEMPLATES", "VIEW_TEMPLATES"], partnerEntryID: "1044784210000001",
            status: "ACTIVE", pendingStatus: "NONE")
    }

    func readSolution(_ call: GraphCall) throws(GraphError) -> JSON {
        guard let solution = solutions[call.nodeID] else { throw .missingObject(call.nodeID, method: .get) }
        return try node(solution, try call.fields(default: Self.solutionDefaults))
    }

    func listWABASolutions(_ call: GraphCall) throws(GraphError) -> JSON {
        guard let solution = wabas[call.nodeID]?.solutionID.flatMap({ solutions[$0] }) else { return call.list([]) }
        return call.list([try node(solution, try call.fields(default: Self.solutionDefaults))])
    }

    func listSolutions(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> JSON {
        let role = call.parameters.text("role") ?? "OWNER"
        guard ["OWNER", "PARTNER"].contains(role) else {
            throw .parameter("Param role must be one of {OWNER, PARTNER}")
        }
        let fields = try call.fields(default: Self.solutionDefaults)
        let own = solutions.values.filter { (role == "OWNER" ? $0.ownerAppID : $0.partnerAppID) == call.nodeID }
        return try call.page(of: own.map(\.id).sorted()) { (id) throws(GraphError) in
            guard let solution = solutions[id] else { return nil }
            return try node(solution, fields)
        }
    }

    private func node(_ solution: Solution, _ fields: [FieldSelection]) throws(GraphError) -> JSON {
        try .node(fields, type: .solution) { (field) throws(GraphError) in
            switch field.name {
            case "id": .value(.string(solution.id))
            case "name": .value(.string(solution.name))
            case "status": .value(.string(solution.status))
            case "status_for_pending_request": .value(.string(solution.pendingStatus))
            case "owner_app": .value(appObject(solution.ownerAppID))
            case "owner_permissions": .value(.strings(solution.ownerPermissions))
            case "partners": .value(partners(of: solution))
            default: .unknown
            }
        }
    }

    private func partners(of solution: Solution) -> JSON {
        let partner: JSON = [
            "partner_permissions": .strings(solution.partnerPermissions),
            "partner_app": appObject(solution.partnerAppID), "id": .string(solution.partnerEntryID),
        ]
        let cursor = JSON.string(Cursor.seal(solution.partnerEntryID))
        return ["data": .array([partner]), "paging": ["cursors": ["before": cursor, "after": cursor]]]
    }

    /// The granular token of the partner that did not run the signup.
    mutating func solutionAccessToken(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        let business = try call.required("business_id")
        let isMember = sharedWABAIDs(of: business, with: token.businessID).contains {
            wabas[$0]?.solutionID == call.nodeID
        }
        guard isMember, let party = party(ofApp: token.appID) else { throw .missingObject(business, method: .get) }
        let known = tokens[businessTokens["\(party.appID)/\(business)"] ?? ""]
        let isAlive = known.map { $0.invalidSubcode == nil && ($0.expiresAt == 0 || $0.expiresAt > now) } ?? false
        if let known, isAlive {
            return GraphReply(["access_token": .string(known.value), "expires_at": .int(known.expiresAt / 1000)])
        }
        let new = mintBusinessToken(party, customer: business, scopes: nil, lifetimeSeconds: nil)
        return GraphReply(["access_token": .string(new.value), "expires_at": 0], effect: .fetchedBusinessToken)
    }
}
