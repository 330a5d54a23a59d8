// SPDX-License-Identifier: Apache-2.0

/// The world in rows for the page: bounded, the newest first, secrets shortened.
struct WorldTables: Sendable {
    private let world: World
    /// Another one after each start, so that a page knows when its numbers begin anew.
    private let run = Identifiers.trace()
    private static let mostRows = 200

    init(world: World) { self.world = world }

    /// Nil when there is no such table. `limit` and `q` (an id, or part of a name) narrow it.
    func json(_ name: Substring, _ parameters: Parameters) -> JSON? {
        let limit = Int(clamping: min(Int64(Self.mostRows), max(1, parameters["limit"]?.number ?? 50)))
        let query = parameters.text("q").flatMap { $0.isEmpty ? nil : $0 }
        return world.read { state in
            switch name {
            case "summary": state.summary.merged(with: ["run": .string(run)])
            case "wabas": state.wabaRows(limit, query)
            case "numbers": state.numberRows(limit, query)
            case "businesses": state.businessRows(limit, query)
            case "tokens": state.tokenRows(limit)
            case "credit": state.creditRows(limit)
            case "apps": state.appRows
            default: nil
            }
        }
    }
}

extension String {
    /// The first and last letters: enough to know a secret by, too little to use it.
    var shortened: String { utf8.count <= 12 ? "…" : "\(prefix(6))…\(suffix(4))" }
}

extension WorldState {
    fileprivate var summary: JSON {
        [
            "businesses": .int(Int64(businesses.count)), "wabas": .int(Int64(wabas.count)),
            "phone_numbers": .int(Int64(phoneNumbers.count)), "tokens": .int(Int64(tokens.count)),
            "pending_events": .int(Int64(events.count)), "now": .string(SandboxClock.text(now)), "now_ms": .int(now),
            "app_id": .string(app.appID), "config_id": .string(app.configID), "solution_id": .string(app.solutionID),
            "effects": .object(effects.sorted { $0.key < $1.key }.map { .init($0.key, .int(Int64($0.value))) }),
        ]
    }

    /// The newest WABAs that the partner sees, or those that are asked for; a search by name walks the newest 20,000.
    private func rows(_ limit: Int, _ query: String?) -> [WABA] {
        if let query, let waba = wabas[query] ?? phoneNumbers[query].flatMap({ wabas[$0.wabaID] }) { return [waba] }
        if let query, let business = businesses[query] {
            return business.wabaIDs.prefix(limit).compactMap { wabas[$0] }
        }
        let newest = (shared[app.businessID]?.keys ?? []).reversed()
        guard let query = query?.lowercased() else {
            let seen = newest.prefix(limit).compactMap { wabas[String($0.id)] }
            // Those that were taken away come after those that are there.
            guard seen.count < limit, wabas.count <= 10_000 else { return seen }
            let others = wabas.values.filter { $0.sharedWith[app.businessID] == nil }.sorted {
                ($1.creationTimeSeconds, $1.id) < ($0.creationTimeSeconds, $0.id)
            }
            return seen + others.prefix(limit - seen.count)
        }
        return Array(
            newest.prefix(20_000).lazy.compactMap { wabas[String($0.id)] }.filter {
                $0.name.lowercased().contains(query)
                    || businesses[$0.ownerBusinessID]?.name.lowercased().contains(query) == true
            }.prefix(limit))
    }

    fileprivate func wabaRows(_ limit: Int, _ query: String?) -> JSON {
        let data = rows(limit, query).map { waba -> JSON in
            [
                "id": .string(waba.id), "name": .string(waba.name), "owner_business_id": .string(waba.ownerBusinessID),
                "owner": .string(businesses[waba.ownerBusinessID]?.name ?? ""),
                "review": .string(waba.reviewStatus), "currency": .string(waba.currency),
                "created": .string(SandboxClock.text(waba.creationTimeSeconds * 1000)),
                "numbers": .int(Int64(waba.phoneNumberIDs.count)),
                "shared_with": .strings(waba.sharedWith.keys.sorted()),
                "subscribed_apps": .strings(waba.subscriptions.keys.sorted()),
                "overrides": .strings(waba.subscriptions.values.compactMap(\.overrideURL).sorted()),
                "solution_id": waba.solutionID.map { .string($0) } ?? .null,
                "allocation_id": waba.allocationID.map { .string($0) } ?? .null,
            ]
        }
        return ["data": .array(data), "total": .int(Int64(wabas.count))]
    }

    fileprivate func numberRows(_ limit: Int, _ query: String?) -> JSON {
        var data: [JSON] = []
        let asked = query.flatMap { phoneNumbers[phoneNumberIDsByDigits[$0.filter(\.isNumber)] ?? $0] }
        let numbers =
            asked.map { [$0] } ?? rows(limit, query).flatMap { $0.phoneNumberIDs.compactMap { phoneNumbers[$0] } }
        for phone in numbers.prefix(limit) {
            data.append([
                "id": .string(phone.id), "waba_id": .string(phone.wabaID), "number": .string(phone.displayNumber),
                "name": .string(phone.verifiedName), "name_status": .string(phone.nameStatus),
                "status": .string(status(of: phone)), "is_verified": .bool(phone.isVerified),
                "is_on_business_app": .bool(phone.isOnBusinessApp), "has_pin": .bool(phone.pinDigest != nil),
                "registration_calls": .int(Int64(phone.registrationCalls.count)),
                "override": phone.overrideURL.map { .string($0) } ?? .null,
            ])
        }
        return ["data": .array(data), "total": .int(Int64(phoneNumbers.count))]
    }

    fileprivate func businessRows(_ limit: Int, _ query: String?) -> JSON {
        var seen: Set<String> = []
        var data: [JSON] = []
        let own = query == nil ? [app.businessID, app.partner.businessID] : []
        for id in own + rows(limit, query).map(\.ownerBusinessID) where seen.insert(id).inserted {
            guard let business = businesses[id] else { continue }
            data.append([
                "id": .string(id), "name": .string(business.name), "wabas": .int(Int64(business.wabaIDs.count)),
                "is_partner": .bool(party(ofBusiness: id) != nil),
                "allocation_id": allocationIDsByBusiness[id].map { .string($0) } ?? .null,
            ])
        }
        return ["data": .array(data), "total": .int(Int64(businesses.count))]
    }

    fileprivate func tokenRows(_ limit: Int) -> JSON {
        let data = Self.newest(tokens.values, limit, at: \.issuedAt).map { token -> JSON in
            [
                "token": .string(token.value.shortened), "kind": .string(token.kind.rawValue),
                "app_id": .string(token.appID), "business_id": .string(token.businessID),
                "business": .string(businesses[token.businessID]?.name ?? ""), "scopes": .strings(token.scopes),
                "issued_at": .string(SandboxClock.text(token.issuedAt)),
                "expires_at": token.expiresAt == 0 ? .null : .string(SandboxClock.text(token.expiresAt)),
                "is_valid": .bool(token.invalidSubcode == nil && (token.expiresAt == 0 || token.expiresAt > now)),
                "subcode": token.invalidSubcode.map { .int(Int64($0)) } ?? .null,
            ]
        }
        return ["data": .array(data), "total": .int(Int64(tokens.count))]
    }

    fileprivate func creditRows(_ limit: Int) -> JSON {
        let data = allocations.values.sorted { $0.id < $1.id }.prefix(limit).map { allocation -> JSON in
            [
                "id": .string(allocation.id), "line_id": .string(allocation.lineID),
                "receiving_business_id": .string(allocation.receivingBusinessID),
                "receiving_business": .string(businesses[allocation.receivingBusinessID]?.name ?? ""),
                "is_deleted": .bool(allocation.isDeleted),
            ]
        }
        return ["data": .array(data), "total": .int(Int64(allocations.count))]
    }

    fileprivate var appRows: JSON {
        let data = [Party(app), Party(app.partner)].map { party -> JSON in
            let own = appSubscriptions[party.appID]
            return [
                "app_id": .string(party.appID), "name": .string(party.appName),
                "app_secret": .string(party.appSecret.shortened), "business_id": .string(party.businessID),
                "system_user_id": .string(party.systemUserID), "system_token": .string(party.systemToken.shortened),
                "callback_url": own.map { .string($0.callbackURL) } ?? .null,
                "fields": own.map { .strings($0.fields.sorted()) } ?? .null, "solution_id": .string(app.solutionID),
            ]
        }
        return ["data": .array(data), "total": 2]
    }

    /// The greatest by one member without sorting all of them.
    private static func newest<Value>(
        _ values: some Sequence<Value>, _ limit: Int, at time: KeyPath<Value, Milliseconds>
    ) -> [Value] {
        var best: [Value] = []
        for value in values {
            if best.count == limit, let last = best.last, value[keyPath: time] <= last[keyPath: time] { continue }
            let place = best.firstIndex { $0[keyPath: time] < value[keyPath: time] } ?? best.count
            best.insert(value, at: place)
            if best.count > limit { best.removeLast() }
        }
        return best
    }
}
