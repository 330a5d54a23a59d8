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

    func listAssignedUsers(_ call: GraphCall) throws(GraphError) -> GraphReply {
        let business = try call.required("business")
        guard let party = party(ofBusiness: business) else {
            // Only a partner's portfolio has system users here.
            guard businesses[business] != nil else { throw .parameter("Invalid parameter: business") }
            return GraphReply(call.list([]))
        }
        guard let tasks = wabas[call.nodeID]?.assignedUsers[party.systemUserID] else {
            return GraphReply(call.list([]))
        }
        let user: JSON = [
            "id": .string(party.systemUserID), "name": .string(Self.systemUserName), "tasks": .strings(tasks),
        ]
        return GraphReply(call.list([user]))
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

    func listSystemUsers(_ call: GraphCall) -> GraphReply {
        guard let party = party(ofBusiness: call.nodeID) else { return GraphReply(call.list([])) }
        return GraphReply(
            call.list([
                ["id": .string(party.systemUserID), "name": .string(Self.systemUserName), "role": "ADMIN"]
            ]))
    }

    func readBusiness(_ call: GraphCall) throws(GraphError) -> GraphReply {
        guard let business = businesses[call.nodeID] else { throw .missingObject(call.nodeID, method: .get) }
        let fields = try call.fields(default: ["id", "name"])
        return GraphReply(
            try .node(fields, type: .business) { (field) throws(GraphError) in
                switch field.name {
                case "id": .value(.string(business.id))
                case "name": .value(.string(business.name))
                case "verification_status": .value(business.isVerified ? "verified" : "not_verified")
                case "whatsapp_business_manager_messaging_limit": .value("TIER_250")
                case "created_time", "link", "primary_page", "timezone_id", "two_factor_type", "vertical": .absent
                default: .unknown
                }
            })
    }
}
