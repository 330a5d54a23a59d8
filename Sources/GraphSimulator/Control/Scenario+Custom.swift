// SPDX-License-Identifier: Apache-2.0

/// A scenario that somebody wrote down, such as an export of Gangway's: the same members as ours, and webhooks that are sent
/// when it begins.
extension Scenario {
    private static let names: Set<String> = ["name", "summary", "expect", "signup", "rules", "webhooks"]

    /// Refuses what its signups, rules or webhooks could not be made of.
    init(custom body: JSON, now: Milliseconds) throws(ControlFailure) {
        let object = try ControlObject(body, allowing: Self.names)
        guard let name = try object.text("name"), !name.isEmpty, name.utf8.count <= 64,
            name.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") })
        else { throw object.failure("name", "1 to 64 of a to z, 0 to 9 and _ expected") }
        guard Scenario.named(name) == nil else { throw object.failure("name", "\(name) is a scenario of its own") }
        self.init(
            name: name, summary: try object.text("summary") ?? "", expectation: try object.text("expect") ?? "",
            signup: body["signup"], rules: body["rules"]?.elements ?? [])
        if let signup { _ = try SignupOrder(signup, defaultDelay: 0) }
        for rule in rules { _ = try Fault(rule, now: now, seed: 0) }
        for webhook in Self.webhooks(of: body) { _ = try WebhookOrder(webhook) }
    }

    static func webhooks(of body: JSON) -> [JSON] { body["webhooks"]?.elements ?? [] }
}

extension WorldState {
    /// Returns the scenario that is in force from now on.
    mutating func begin(custom body: JSON) throws(ControlFailure) -> Scenario {
        let scenario = try Scenario(custom: body, now: now)
        try begin(scenario, definition: String(decoding: body.bytes(), as: UTF8.self))
        for webhook in Scenario.webhooks(of: body) { _ = try emit(try WebhookOrder(webhook)) }
        return scenario
    }
}
