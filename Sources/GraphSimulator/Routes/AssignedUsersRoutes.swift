// SPDX-License-Identifier: Apache-2.0

// Source: reference section 7.5 (tasks of the SDK, the guides and the open API description together).
extension WorldState {
    static let tasks: Set<String> = [
        "DEVELOP", "MANAGE", "MANAGE_EXTENSIONS", "MANAGE_PHONE", "MANAGE_PHONE_ASSETS", "MANAGE_TEMPLATES",
        "MESSAGING",
        "VIEW_COST", "VIEW_PHONE_ASSETS", "VIEW_TEMPLATES", "VIEW_INSIGHTS", "MANAGE_USERS", "MANAGE_BILLING",
        "RECEIVE_INCOMING_MESSAGES", "FULL_CONTROL",
    ]

    mutating func assignUser(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        guard var waba = wabas[call.nodeID] else { throw .missingObject(call.nodeID, method: .post) }
        let user = try call.required("user")
        guard let tasks = call.parameters.list("tasks"), !tasks.isEmpty else { throw .required("tasks") }
        guard tasks.allSatisfy(Self.tasks.contains) else {
            throw .parameter("Param tasks[0] must be one of {\(Self.tasks.sorted().joined(separator: ", "))}")
        }
        guard systemUserIDs.contains(user) else { throw .parameter("Invalid parameter: user is not a known user") }
        waba.assignedUsers[user] = tasks
        put(waba)
        return .success(.assignedUser)
    }

    private var systemUserIDs: [String] { [app.systemUserID, app.partner.systemUserID] }

    func listAssignedUsers(_ call: GraphCall) throws(GraphError) -> JSON {
        let business = try call.required("business")
        guard let party = party(ofBusiness: business) else {
            // Only a partner's portfolio has system users here.
            guard businesses[business] != nil else { throw .parameter("Invalid parameter: business") }
            return call.list([])
        }
        guard let tasks = wabas[call.nodeID]?.assignedUsers[party.systemUserID] else {
            return call.list([])
        }
        let user: JSON = [
            "id": .string(party.systemUserID), "name": .string(Self.systemUserName), "tasks": .strings(tasks),
        ]
        return call.list([user])
    }

    mutating func removeAssignedUser(_ call: GraphCall) throws(GraphError) -> GraphReply {
        guard var waba = wabas[call.nodeID] else { throw .missingObject(call.nodeID, method: .delete) }
        let user = try call.required("user")
        guard waba.assignedUsers[user] != nil else { throw .parameter("Invalid parameter: user is not assigned") }
        waba.assignedUsers[user] = nil
        put(waba)
        return .success(.removedUser)
    }

    static let systemUserName = "Gangway System User"

    func listSystemUsers(_ call: GraphCall) -> JSON {
        guard let party = party(ofBusiness: call.nodeID) else { return call.list([]) }
        return call.list([
            ["id": .string(party.systemUserID), "name": .string(Self.systemUserName), "role": "ADMIN"]
        ])
    }
}
