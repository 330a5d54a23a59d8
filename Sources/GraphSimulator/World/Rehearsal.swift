// SPDX-License-Identifier: Apache-2.0

/// The scenarios in force; kept with the world, so that a restart does not end a rehearsal.
struct Rehearsal: Codable, Sendable, Equatable {
    struct Part: Codable, Sendable, Equatable {
        var name: String
        /// The WABA or number that its rules are about; nil for all.
        var objectID: String?
        var since: Milliseconds
        /// Of one that somebody wrote down, as it came.
        var definition: String?

        var scenario: Scenario? {
            guard let definition else { return Scenario.named(name) }
            return (try? JSONParser.parse(definition)).flatMap { try? Scenario(custom: $0, now: since) }
        }
    }

    /// In the order of their coming.
    var parts: [Part] = []

    /// A signup's body with what the scenarios say of members it does not name; the latest scenario counts first.
    func signup(_ body: JSON) -> JSON {
        var body = body
        for part in parts.reversed() {
            if let defaults = part.scenario?.signup { body = body.filled(from: defaults) }
        }
        return body
    }

    /// Whether a webhook made now never leaves.
    func losesWebhooks(at now: Milliseconds) -> Bool {
        parts.contains { part in
            part.scenario?.losesWebhooksForSeconds.map { now < part.since + $0 * 1000 } ?? false
        }
    }

    /// How much later webhooks leave.
    var webhookDelay: Milliseconds {
        parts.reduce(0) { max($0, ($1.scenario?.webhooksLateBySeconds ?? 0) * 1000) }
    }
}

extension JSON {
    /// An object with the members of another that it lacks.
    func filled(from other: JSON) -> JSON {
        guard case .object(let own) = self, case .object(let more) = other else { return self }
        let names = Set(own.map(\.name))
        return .object(own + more.filter { !names.contains($0.name) })
    }
}
