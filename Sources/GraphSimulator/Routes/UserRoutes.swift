// SPDX-License-Identifier: Apache-2.0

// Source: Meta, Graph API overview (`me`); reference section 3.2. System users are all the users there are.
extension WorldState {
    func readUser(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> JSON {
        let fields = try call.fields(default: ["name", "id"])
        return try .node(fields, type: .user) { (field) throws(GraphError) in
            switch field.name {
            case "id": return .value(.string(token.userID))
            case "name": return .value(.string(Self.systemUserName))
            case "email", "first_name", "last_name", "link", "locale", "picture": return .absent
            default:
                return try expanded(field, of: token.userID, .user, for: call, token).map { .value($0) } ?? .unknown
            }
        }
    }

    func listUserBusinesses(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> JSON {
        guard let business = businesses[token.businessID] else { return call.list([]) }
        return call.list([try node(business, try call.fields(default: ["id", "name"]), call, token)])
    }

    func listPermissions(_ call: GraphCall, _ token: AccessToken) -> JSON {
        ["data": .array(token.scopes.map { ["permission": .string($0), "status": "granted"] })]
    }

    func readApp(_ call: GraphCall) throws(GraphError) -> JSON {
        guard let party = party(ofApp: call.nodeID) else { throw .missingObject(call.nodeID, method: .get) }
        let fields = try call.fields(default: ["link", "name", "id"])
        return try .node(fields, type: .app) { (field) throws(GraphError) in
            switch field.name {
            case "id": .value(.string(party.appID))
            case "name": .value(.string(party.appName))
            case "link": .value(appObject(party.appID)["link"] ?? .null)
            case "category", "namespace", "app_domains", "description", "icon_url", "logo_url": .absent
            default: .unknown
            }
        }
    }

    /// Customers who gave the app a token.
    func listConnectedBusinesses(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> JSON {
        let fields = try call.fields(default: ["id", "name"])
        let prefix = "\(call.nodeID)/"
        let ids = businessTokens.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        return try call.page(of: ids.sorted()) { (id) throws(GraphError) in
            guard let business = businesses[id] else { return nil }
            return try node(business, fields, call, token)
        }
    }

    /// A token for the partner's own system user, for ever or for 60 days. Source: Meta, install apps and generate tokens.
    mutating func createSystemToken(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        guard let party = party(ofApp: token.appID) else { throw .permissions }
        let proof = try call.required("appsecret_proof")
        guard proof == Self.secretProof(of: token.value, secret: party.appSecret) else { throw .secretProof }
        guard try call.required("business_app") == party.appID else {
            throw .parameter("Invalid parameter: business_app")
        }
        guard let scopes = call.parameters.list("scope"), !scopes.isEmpty else { throw .required("scope") }
        guard scopes.allSatisfy(token.scopes.contains) else { throw .permissions }
        let expires = call.parameters["set_token_expires_in_60_days"]?.isTrue == true
        var new = token
        new.value = Identifiers.token()
        new.scopes = scopes
        new.issuedAt = now
        new.expiresAt = expires ? now + Self.longLifetimeSeconds * 1000 : 0
        put(new)
        return GraphReply(["access_token": .string(new.value)], effect: .issuedToken)
    }
}
