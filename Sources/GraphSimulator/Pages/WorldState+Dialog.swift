// SPDX-License-Identifier: Apache-2.0

extension SignupDialog {
    /// The signup that the customer's answers ask for.
    func order(_ body: JSON) throws(ControlFailure) -> JSON {
        var members: [JSON.Member] = []
        switch flow {
        case .businessApp: members.append(.init("flow", "business_app"))
        case .solution: members.append(.init("flow", "tech_partner"))
        case .hosted: members.append(.init("flow", "hosted"))
        case .cloudAPI, .onlyWABA, .appOnlyInstall: members.append(.init("flow", "embedded_signup"))
        }
        for name in ["business", "waba", "display_name", "currency", "pin", "review", "name_review", "send_webhooks"] {
            if let value = body[name], value != .null { members.append(.init(name, value)) }
        }
        let number = body["number"]?.text ?? (steps.contains(.number) ? "verified" : "existing")
        switch number {
        case "none": members.append(.init("with_number", false))
        case "existing": members.append(.init("with_number", .bool(flow == .appOnlyInstall)))
        case "verified":
            guard let verification, verification.isPassed else {
                throw ControlFailure("The number is not verified yet.")
            }
            members.append(.init("phone_number", .string(verification.digits)))
        case "unverified":
            guard flow != .businessApp else { throw ControlFailure("The phone app's number must be confirmed.") }
            let digits = (body["phone_number"]?.text ?? "").filter(\.isNumber)
            guard (7...15).contains(digits.utf8.count) else {
                throw ControlFailure("phone_number: 7 to 15 digits expected")
            }
            members += [.init("phone_number", .string(digits)), .init("verified", false)]
        default: throw ControlFailure("number: verified, unverified, none or existing expected")
        }
        if flow == .onlyWABA, number != "existing", number != "none" {
            throw ControlFailure("number: this flow asks for none")
        }
        if let redirectURI { members.append(.init("redirect_uri", .string(redirectURI))) }
        if body["mishap"]?.text == "code_expired" { members.append(.init("code_ttl", 0)) }
        return .object(members)
    }
}

extension WorldState {
    /// The portfolios that a customer may pick from, the newest share first, with their WABAs.
    func recentCustomers(of appID: String, atMost limit: Int) -> JSON {
        guard let party = party(ofApp: appID) else { return [] }
        var ids: [String] = []
        for key in (shared[party.businessID]?.keys ?? []).reversed().prefix(limit * 4) {
            guard let owner = wabas[String(key.id)]?.ownerBusinessID, !ids.contains(owner) else { continue }
            ids.append(owner)
            if ids.count == limit { break }
        }
        return .array(
            ids.compactMap { businesses[$0] }.map { business in
                let accounts = business.wabaIDs.prefix(20).compactMap { wabas[$0] }
                return [
                    "id": .string(business.id), "name": .string(business.name),
                    "wabas": .array(accounts.map { ["id": .string($0.id), "name": .string($0.name)] }),
                ]
            })
    }

    /// Begins a code's life anew.
    mutating func renew(_ value: String) {
        guard var code = codes[value], !code.isUsed else { return }
        code.issuedAt = now
        put(code)
    }

    /// Somebody else was faster with the code.
    mutating func spend(_ value: String?) {
        guard let value, var code = codes[value] else { return }
        code.isUsed = true
        put(code)
    }
}
