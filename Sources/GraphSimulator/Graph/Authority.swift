// SPDX-License-Identifier: Apache-2.0
import Crypto

extension WorldState {
    /// Who calls: the token's record, or nothing where the call names the app itself.
    func authorize(_ call: GraphCall) throws(GraphError) -> AccessToken? {
        if call.operation.isAnonymous { return nil }
        guard let value = call.token, !value.isEmpty else { throw .missingToken }
        guard let token = token(value) else { throw .unparsableToken }
        try check(token)
        try checkProof(call, token)
        return token
    }

    /// Not required, but never wrong: Meta's SDKs send it with every call. Source: reference section 3.4.
    private func checkProof(_ call: GraphCall, _ token: AccessToken) throws(GraphError) {
        guard let proof = call.parameters.text("appsecret_proof"), let party = party(ofApp: token.appID) else { return }
        guard proof == Self.secretProof(of: token.value, secret: party.appSecret) else { throw .secretProof }
    }

    /// The record of a token, the app's own `{app-id}|{secret}` included.
    func token(_ value: String) -> AccessToken? {
        if let token = tokens[value] { return token }
        guard let bar = value.firstIndex(of: "|"), let party = party(ofApp: String(value[..<bar])) else { return nil }
        let rest = value[value.index(after: bar)...]
        guard rest == party.appSecret || rest == Self.appTokenSuffix(of: party) else { return nil }
        return AccessToken(
            value: value, kind: .app, appID: party.appID, businessID: party.businessID, userID: "", scopes: [],
            issuedAt: 0, expiresAt: 0)
    }

    static func appTokenSuffix(of party: Party) -> String {
        let key = SymmetricKey(data: Array(party.appSecret.utf8))
        return String(hex(HMAC<SHA256>.authenticationCode(for: Array("app token".utf8), using: key)).prefix(27))
    }

    func check(_ token: AccessToken) throws(GraphError) {
        switch token.invalidSubcode {
        case nil: break
        case 458: throw .token(subcode: 458, "The user has not authorized application \(token.appID).")
        case 460:
            throw .token(subcode: 460, "The session has been invalidated because the user changed the password.")
        case let subcode: throw .token(subcode: subcode, "The session has been invalidated.")
        }
        if token.expiresAt > 0, token.expiresAt <= now {
            let expired = PacificTime.text(token.expiresAt)
            throw .token(
                subcode: 463,
                "Session has expired on \(expired). The current time is \(PacificTime.text(now)).")
        }
    }

    /// A business token's user is known to that token alone.
    func kind(of id: String, for token: AccessToken) -> NodeKind? {
        kind(of: id) ?? (!id.isEmpty && id == token.userID ? .user : nil)
    }

    func kind(of id: String) -> NodeKind? {
        if wabas.contains(id) { return .waba }
        if phoneNumbers.contains(id) { return .phoneNumber }
        if businesses.index(forKey: id) != nil { return .business }
        if allocations.index(forKey: id) != nil { return .allocation }
        if id == app.extendedCreditLineID { return .creditLine }
        if solutions.index(forKey: id) != nil { return .solution }
        if id == app.appID || id == app.partner.appID { return .app }
        if id == app.systemUserID || id == app.partner.systemUserID { return .user }
        return wabaID(ofTemplate: id) == nil ? nil : .template
    }

    func isVisible(_ id: String, _ kind: NodeKind, to token: AccessToken) -> Bool {
        switch kind {
        case .app: return token.appID == id
        case .waba: return isVisible(waba: id, to: token)
        case .phoneNumber:
            guard let phone = phoneNumbers.look(at: id)?.value else { return false }
            if let owner = phone.preverifiedBy {
                let isPartner = phone.preverifiedFor?.contains(token.businessID) ?? false
                return token.kind == .system && (token.businessID == owner || isPartner)
            }
            return isVisible(waba: phone.wabaID, to: token)
        case .template: return wabaID(ofTemplate: id).map { isVisible(waba: $0, to: token) } ?? false
        case .user: return token.userID == id
        case .business: return isVisible(business: id, to: token)
        case .creditLine, .allocation: return token.kind != .app && token.appID == app.appID
        case .solution:
            guard token.kind == .system, let solution = solutions[id] else { return false }
            return token.appID == solution.ownerAppID || token.appID == solution.partnerAppID
        }
    }

    private func isVisible(waba id: String, to token: AccessToken) -> Bool {
        guard let place = wabas.look(at: id) else { return false }
        switch token.kind {
        case .app: return false
        case .system:
            return place.value.ownerBusinessID == token.businessID || place.value.sharedWith[token.businessID] != nil
        case .business:
            guard place.value.ownerBusinessID == token.businessID, let party = party(ofApp: token.appID) else {
                return false
            }
            return place.value.sharedWith[party.businessID] != nil
        }
    }

    private func isVisible(business id: String, to token: AccessToken) -> Bool {
        switch token.kind {
        case .app: return false
        case .business: return token.businessID == id
        case .system: return token.businessID == id || !sharedWABAIDs(of: id, with: token.businessID).isEmpty
        }
    }

    /// WABAs a customer shares with a partner, the newest share first.
    func sharedWABAIDs(of businessID: String, with partnerID: String) -> [String] {
        (businesses[businessID]?.wabaIDs ?? []).filter { wabas[$0]?.sharedWith[partnerID] != nil }
    }
}

/// Lower-case hexadecimal.
func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    for byte in bytes {
        out.append(digits[Int(byte >> 4)])
        out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
}
