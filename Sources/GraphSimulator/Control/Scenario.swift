// SPDX-License-Identifier: Apache-2.0

/// Something that goes wrong in real life, under a name: what signups become, which rules strike, what webhooks suffer.
package struct Scenario: Sendable {
    package var name: String
    /// What is the matter, in a sentence.
    package var summary: String
    /// What a client sees of it.
    package var expectation: String
    /// Members that a signup takes when its body does not name them.
    var signup: JSON?
    /// As `POST /_sandbox/faults` takes them.
    var rules: [JSON] = []
    /// Webhooks made in so many seconds from the beginning are never sent.
    var losesWebhooksForSeconds: Int64?
    var webhooksLateBySeconds: Int64?

    package static func named(_ name: String) -> Scenario? { all.first { $0.name == name } }

    var json: JSON {
        ["name": .string(name), "summary": .string(summary), "expect": .string(expectation)]
    }
}

extension WorldState {
    /// From here on; one that is in force begins anew.
    mutating func begin(_ scenario: Scenario, objectID: String? = nil) {
        let part = Rehearsal.Part(name: scenario.name, objectID: objectID, since: now)
        rehearse { rehearsal in
            rehearsal.parts.removeAll { $0.name == scenario.name }
            rehearsal.parts.append(part)
        }
    }

    /// Ends one scenario or, with nil, all.
    mutating func endScenario(_ name: String?) {
        rehearse { rehearsal in rehearsal.parts.removeAll { name == nil || $0.name == name } }
    }

    /// What a rule's `then` makes of the WABA that a call was about.
    mutating func happen(_ consequence: JSON, after call: GraphCall) {
        let phone = phoneNumbers[call.nodeID]
        guard let wabaID = phone?.wabaID ?? call.parameters.text("waba_id") ?? call.segments.first,
            var waba = wabas[wabaID]
        else { return }
        if consequence["event"] == "SUBSCRIPTION_LOST" {
            waba.subscriptions = [:]
            return put(waba)
        }
        let named: JSON = [
            "waba_id": .string(wabaID), "phone_number_id": .string(phone?.id ?? waba.phoneNumberIDs.first ?? ""),
        ]
        guard let order = try? WebhookOrder(consequence.filled(from: named)) else { return }
        _ = try? emit(order)
    }
}

/// Begins and ends scenarios: their rules stand in the fault table, all else in the world.
struct ScenarioDesk: Sendable {
    let world: World
    let faults: FaultTable

    /// After a start: what the world says is in force, and what the configuration adds to it.
    func resume(with names: [String]) throws {
        let parts = world.read { $0.rehearsal.parts }
        for name in names where !parts.contains(where: { $0.name == name }) { try begin(name) }
        for part in parts { try addRules(part) }
    }

    func begin(_ name: String, objectID: String? = nil) throws {
        guard let scenario = Scenario.named(name) else {
            throw ControlFailure("name: no such scenario; GET /_sandbox/scenarios lists them")
        }
        faults.removeAll(ofScenario: name)
        try world.change { $0.begin(scenario, objectID: objectID) }
        try addRules(Rehearsal.Part(name: name, objectID: objectID, since: 0))
    }

    /// Whether it was in force.
    func end(_ name: String?) throws -> Bool {
        let isThere = world.read { state in state.rehearsal.parts.contains { name == nil || $0.name == name } }
        try world.change { $0.endScenario(name) }
        faults.removeAll(ofScenario: name)
        return isThere
    }

    private func addRules(_ part: Rehearsal.Part) throws {
        let now = world.read { $0.now }
        for rule in part.scenario?.rules ?? [] {
            let scoped = part.objectID.map { rule.filled(from: ["id": .string($0)]) } ?? rule
            _ = try faults.add(scoped, now: now, scenario: part.name)
        }
    }

    var json: JSON {
        let parts = world.read { $0.rehearsal.parts }
        return [
            "data": .array(
                Scenario.all.map { scenario in
                    guard case .object(let members) = scenario.json else { return scenario.json }
                    let part = parts.first { $0.name == scenario.name }
                    var more: [JSON.Member] = [.init("active", .bool(part != nil))]
                    if let part { more.append(.init("since", .string(SandboxClock.text(part.since)))) }
                    if let id = part?.objectID { more.append(.init("id", .string(id))) }
                    return .object(members + more)
                })
        ]
    }
}
