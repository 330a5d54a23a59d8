// SPDX-License-Identifier: Apache-2.0

// Source: reference section 4.2; seed 003.
extension WorldState {
    func debugToken(_ call: GraphCall, _ caller: AccessToken) throws(GraphError) -> JSON {
        let value = try call.required("input_token")
        // A customer's token may look at itself, as the SDKs do to learn their app.
        guard caller.kind != .business || caller.value == value else { throw .permissions }
        guard let token = token(value), token.appID == caller.appID else {
            return [
                "data": [
                    "error": ["code": 190, "message": "Invalid OAuth access token."], "is_valid": false, "scopes": [],
                ]
            ]
        }
        var members: [JSON.Member] = [
            .init("app_id", .string(token.appID)), .init("type", token.kind == .app ? "APP" : "SYSTEM_USER"),
            .init("application", .string(party(ofApp: token.appID)?.appName ?? "")),
        ]
        do throws(GraphError) {
            try check(token)
            members += validMembers(token)
        } catch {
            members += invalidMembers(token, error)
        }
        return ["data": .object(members)]
    }

    private func validMembers(_ token: AccessToken) -> [JSON.Member] {
        var members: [JSON.Member] = [
            .init("data_access_expires_at", 0), .init("expires_at", .int(token.expiresAt / 1000)),
            .init("is_valid", true),
        ]
        guard token.kind != .app else { return members }
        members += [
            .init("issued_at", .int(token.issuedAt / 1000)), .init("scopes", .strings(token.scopes)),
            .init("granular_scopes", .array(granularScopes(token))), .init("user_id", .string(token.userID)),
        ]
        return members
    }

    /// A partner's own system user is not limited to assets: no `target_ids`.
    private func granularScopes(_ token: AccessToken) -> [JSON] {
        let scopes = token.scopes.filter { $0 != "public_profile" }
        guard token.kind == .business, let party = party(ofApp: token.appID) else {
            return scopes.map { ["scope": .string($0)] }
        }
        let targets = sharedWABAIDs(of: token.businessID, with: party.businessID)
        return scopes.map { ["scope": .string($0), "target_ids": .strings(targets)] }
    }

    private func invalidMembers(_ token: AccessToken, _ error: GraphError) -> [JSON.Member] {
        var reason: [JSON.Member] = [.init("code", .int(Int64(error.code))), .init("message", .string(error.message))]
        if let subcode = error.subcode { reason.append(.init("subcode", .int(Int64(subcode)))) }
        return [
            .init("error", .object(reason)), .init("expires_at", .int(token.expiresAt / 1000)),
            .init("is_valid", false), .init("scopes", []), .init("granular_scopes", []),
        ]
    }
}
