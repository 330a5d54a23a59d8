// SPDX-License-Identifier: Apache-2.0

// Source: reference section 9.2. The sandbox has one active solution of its two partners.
extension WorldState {
    func readSolution(_ call: GraphCall) throws(GraphError) -> GraphReply {
        let fields = try call.fields(default: ["name", "status", "status_for_pending_request", "id"])
        return GraphReply(try solution(fields))
    }

    func listSolutions(_ call: GraphCall) throws(GraphError) -> GraphReply {
        guard wabas[call.nodeID]?.solutionID != nil else { return GraphReply(call.list([])) }
        let fields = try call.fields(default: ["name", "status", "status_for_pending_request", "id"])
        return GraphReply(call.list([try solution(fields)]))
    }

    private func solution(_ fields: [FieldSelection]) throws(GraphError) -> JSON {
        try .node(fields, type: .solution) { (field) throws(GraphError) in
            switch field.name {
            case "id": .value(.string(app.solutionID))
            case "name": .value("Sandbox Solution")
            case "status": .value("ACTIVE")
            case "status_for_pending_request": .value("NONE")
            case "owner_app": .value(appObject(app.partner.appID))
            case "owner_permissions": .value(["MESSAGING", "MANAGE_PHONE"])
            case "partners": .value(solutionPartners)
            default: .unknown
            }
        }
    }

    private var solutionPartners: JSON {
        let partner: JSON = [
            "partner_permissions": ["MANAGE_TEMPLATES", "VIEW_TEMPLATES"], "partner_app": appObject(app.appID),
            "id": "1044784210000001",
        ]
        return [
            "data": .array([partner]),
            "paging": ["cursors": ["before": .string(Cursor.seal("0")), "after": .string(Cursor.seal("0"))]],
        ]
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
