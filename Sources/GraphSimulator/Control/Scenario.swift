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
    mutating func begin(
        _ scenario: Scenario, objectID: String? = nil, definition: String? = nil
    ) throws(ControlFailure) {
        endScenario(scenario.name)
        for rule in scenario.rules {
            try planFault(objectID.map { rule.filled(from: ["id": .string($0)]) } ?? rule, scenario: scenario.name)
        }
        let part = Rehearsal.Part(name: scenario.name, objectID: objectID, since: now, definition: definition)
        rehearse { $0.parts.append(part) }
    }

    /// What the command line says of a world that may have been kept: scenarios not in force yet, and whose clock it is.
    mutating func takeUpConfiguration() throws(ControlFailure) {
        if configuration.isClockOfServer, clock.speed != 1 { setClock { $0.run(atSpeed: 1) } }
        for name in configuration.scenarios where !rehearsal.parts.contains(where: { $0.name == name }) {
            guard let scenario = Scenario.named(name) else { throw ControlFailure("\(name): no such scenario") }
            try begin(scenario)
        }
    }

    /// Ends one scenario or, with nil, all. Answers whether it was in force.
    @discardableResult
    mutating func endScenario(_ name: String?) -> Bool {
        guard rehearsal.parts.contains(where: { name == nil || $0.name == name }) else { return false }
        rehearse { rehearsal in rehearsal.parts.removeAll { name == nil || $0.name == name } }
        endFaults { $0.scenario != nil && (name == nil || $0.scenario == name) }
        return true
    }

    /// Those in force, and the others.
    var scenarioList: JSON {
        let written = rehearsal.parts.filter { $0.definition != nil }.compactMap(\.scenario)
        let data = (Scenario.all + written).map { scenario -> JSON in
            let part = rehearsal.parts.first { $0.name == scenario.name }
            var more: [JSON.Member] = [.init("active", .bool(part != nil))]
            if let part { more.append(.init("since", .string(SandboxClock.text(part.since)))) }
            if let id = part?.objectID { more.append(.init("id", .string(id))) }
            return scenario.json.filled(from: .object(more))
        }
        return ["data": .array(data)]
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
