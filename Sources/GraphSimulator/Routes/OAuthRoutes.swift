// SPDX-License-Identifier: Apache-2.0
import Crypto

// Source: reference sections 4.1, 4.3 and 4.4; subcodes as seen by public integrations.
extension WorldState {
    /// About 60 days. Source: Meta, get long-lived tokens.
    static let longLifetimeSeconds: Int64 = 5_183_944

    mutating func exchangeCode(_ call: GraphCall) throws(GraphError) -> GraphReply {
        let party = try authenticatedParty(call)
        guard let value = call.parameters.text("code") else {
            throw .oauth(100, "Missing authorization code", challenge: "invalid_request")
        }
        guard value.hasPrefix("AQ"), value.utf8.count >= 20, var code = codes[value], code.appID == party.appID else {
            throw .oauth(100, "Invalid verification code format.", challenge: "invalid_code")
        }
        if code.isUsed {
            throw .oauth(100, subcode: 36009, "This authorization code has been used.", challenge: "invalid_code")
        }
        if now - code.issuedAt >= code.lifetime {
            throw .oauth(100, subcode: 36007, "This authorization code has expired.", challenge: "invalid_code")
        }
        guard (code.redirectURI ?? "") == (call.parameters.text("redirect_uri") ?? "") else {
            throw .oauth(
                100, subcode: 36008,
                "Error validating verification code. Please make sure your redirect_uri is identical to the one you used "
                    + "in the OAuth dialog request", challenge: "invalid_code")
        }
        code.isUsed = true
        put(code)
        let token = mintBusinessToken(
            party, customer: code.businessID, scopes: code.scopes, lifetimeSeconds: code.tokenLifetimeSeconds)
        return GraphReply(tokenBody(token, lifetimeSeconds: code.tokenLifetimeSeconds), effect: .exchangedCode)
    }

    func appToken(_ call: GraphCall) throws(GraphError) -> GraphReply {
        let party = try authenticatedParty(call)
        return GraphReply([
            "access_token": .string("\(party.appID)|\(Self.appTokenSuffix(of: party))"), "token_type": "bearer",
        ])
    }

    mutating func longLivedToken(_ call: GraphCall) throws(GraphError) -> GraphReply {
        let party = try authenticatedParty(call)
        let value = try call.required("fb_exchange_token")
        guard let old = tokens[value], old.appID == party.appID else { throw .unparsableToken }
        try check(old)
        guard old.kind != .app else { throw .unparsableToken }
        var new = old
        new.value = Identifiers.token()
        new.issuedAt = now
        new.expiresAt = now + Self.longLifetimeSeconds * 1000
        put(new)
        return GraphReply(tokenBody(new, lifetimeSeconds: Self.longLifetimeSeconds), effect: .issuedToken)
    }

    mutating func revokeToken(_ call: GraphCall) throws(GraphError) -> GraphReply {
        let party = try authenticatedParty(call)
        guard var token = tokens[try call.required("revoke_token")], token.appID == party.appID,
            token.value != party.systemToken
        else { throw .parameter("Invalid parameter: revoke_token") }
        token.invalidSubcode = 467
        put(token)
        return .success(.revokedToken)
    }

    mutating func fetchBusinessToken(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        guard let party = party(ofApp: token.appID) else { throw .permissions }
        let proof = try call.required("appsecret_proof")
        guard proof == Self.secretProof(of: token.value, secret: party.appSecret) else { throw .secretProof }
        guard call.parameters["fetch_only"]?.isTrue == true else { throw .required("fetch_only") }
        guard call.nodeID != token.businessID else { throw .permissions }
        let known = tokens[businessTokens["\(party.appID)/\(call.nodeID)"] ?? ""]
        if let known, known.invalidSubcode == nil, known.expiresAt == 0 || known.expiresAt > now {
            return GraphReply(["access_token": .string(known.value)])
        }
        let new = mintBusinessToken(party, customer: call.nodeID, scopes: nil, lifetimeSeconds: nil)
        return GraphReply(["access_token": .string(new.value)], effect: .fetchedBusinessToken)
    }

    mutating func mintBusinessToken(
        _ party: Party, customer: String, scopes: [String]?, lifetimeSeconds: Int64?
    ) -> AccessToken {
        let token = AccessToken(
            value: Identifiers.token(), kind: .business, appID: party.appID, businessID: customer,
            userID: Identifiers.object(), scopes: scopes ?? Self.customerScopes, issuedAt: now,
            expiresAt: lifetimeSeconds.map { now + $0 * 1000 } ?? 0)
        put(token)
        return token
    }

    static let customerScopes = ["whatsapp_business_management", "whatsapp_business_messaging", "public_profile"]

    private func tokenBody(_ token: AccessToken, lifetimeSeconds: Int64?) -> JSON {
        var members: [JSON.Member] = [
            .init("access_token", .string(token.value)), .init("token_type", "bearer"),
        ]
        if let lifetimeSeconds { members.append(.init("expires_in", .int(lifetimeSeconds))) }
        return .object(members)
    }

    /// The app named by id and secret.
    private func authenticatedParty(_ call: GraphCall) throws(GraphError) -> Party {
        guard let id = call.parameters.text("client_id") else {
            throw .oauth(101, "Missing client_id parameter.", challenge: "invalid_request")
        }
        guard let party = party(ofApp: id) else {
            throw .oauth(
                101, "Error validating application. Cannot get application info due to a system error.",
                challenge: "invalid_request")
        }
        guard call.parameters.text("client_secret") == party.appSecret else {
            throw .oauth(1, "Error validating client secret.", challenge: "invalid_request")
        }
        return party
    }

    /// Source: Meta, hosted Embedded Signup: hex HMAC-SHA256 of the token under the app secret.
    static func secretProof(of token: String, secret: String) -> String {
        let key = SymmetricKey(data: Array(secret.utf8))
        return hex(HMAC<SHA256>.authenticationCode(for: Array(token.utf8), using: key))
    }
}
