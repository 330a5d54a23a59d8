// SPDX-License-Identifier: Apache-2.0

/// A rule as the journal keeps it: what was asked for, and how far it is spent.
struct FaultRecord: Codable, Sendable {
    var id: Int
    var scenario: String?
    /// The JSON that planned it.
    var rule: String
    var plannedAt: Milliseconds
    var left: Int?
    var skip: Int
    var matched: Int
    var chance: UInt64
    var throttleStartedAt: Milliseconds?
    var throttleCounted: Int?

    init(_ fault: Fault) {
        id = fault.id
        scenario = fault.scenario
        rule = fault.rule
        plannedAt = fault.plannedAt
        left = fault.left
        skip = fault.skip
        matched = fault.matched
        chance = fault.dice.state
        throttleStartedAt = fault.throttle?.startedAt
        throttleCounted = fault.throttle?.counted
    }

    /// Nil when this version of the sandbox does not know such a rule.
    var fault: Fault? {
        guard let json = try? JSONParser.parse(rule), var fault = try? Fault(json, now: plannedAt, seed: 0) else {
            return nil
        }
        fault.id = id
        fault.scenario = scenario
        fault.left = left
        fault.skip = skip
        fault.matched = matched
        fault.dice = SeededGenerator(seed: chance)
        if let throttleStartedAt { fault.throttle?.startedAt = throttleStartedAt }
        if let throttleCounted { fault.throttle?.counted = throttleCounted }
        return fault
    }
}
