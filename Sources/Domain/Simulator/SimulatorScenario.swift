// SPDX-License-Identifier: Apache-2.0

/// A scenario as the simulator takes it (`POST /_sandbox/scenarios`, `gangway sandbox rehearse --file`): what signups become,
/// which rules strike calls, which webhooks come. Holds nothing that is secret or somebody's.
package struct SimulatorScenario: Sendable, Hashable {
    package var name: String
    package var summary: String
    /// What a client sees of it.
    package var expectation: String
    /// Members of `POST /_sandbox/signups`.
    package var signup: [String: JSONValue] = [:]
    /// As `POST /_sandbox/faults` takes them.
    package var rules: [JSONValue] = []
    /// As `POST /_sandbox/webhooks` takes them.
    package var webhooks: [JSONValue] = []

    package init(name: String, summary: String, expectation: String) {
        self.name = name
        self.summary = summary
        self.expectation = expectation
    }

    package var json: JSONValue {
        [
            "name": .string(name), "summary": .string(summary), "expect": .string(expectation),
            "signup": .object(signup), "rules": .array(rules), "webhooks": .array(webhooks),
        ]
    }
}

extension SimulatorScenario {
    /// Every novelty that came with a sample, sent again: error codes and answers by rules, webhooks as they were.
    package init(novelties: [Novelty]) {
        self.init(
            name: "novelties", summary: "Meta sends what this version was seen not to know.",
            expectation: "each is counted as a novelty, and nothing else changes")
        var sent: Set<JSONValue> = []
        for novelty in novelties {
            guard let sample = novelty.sample.flatMap(JSONValue.init(parsing:)) else { continue }
            let parts = novelty.key.place.split(separator: " ")
            if parts.first == "webhook" {
                let field = parts.count > 1 ? String(parts[1]) : novelty.key.word
                let order: JSONValue = ["field": .string(field), "value": sample]
                if sent.insert(order).inserted { webhooks.append(order) }
            } else if let operation = parts.first.map(String.init) {
                let rule = Self.rule(operation, novelty, sample)
                if sent.insert(rule).inserted { rules.append(rule) }
            }
        }
    }

    private static func rule(_ operation: String, _ novelty: Novelty, _ sample: JSONValue) -> JSONValue {
        if novelty.key.kind == .errorCode, case .object(var members) = sample {
            members["operation"] = .string(operation)
            return .object(members)
        }
        return [
            "operation": .string(operation), "status": 200, "content_type": "application/json",
            "body": .string(sample.text),
        ]
    }
}
