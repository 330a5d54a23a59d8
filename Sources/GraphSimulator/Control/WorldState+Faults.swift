// SPDX-License-Identifier: Apache-2.0

// The planned faults; the first that fits a call is spent on it.
extension WorldState {
    /// Rules beyond this are refused: they are looked through for each call.
    static let mostFaults = 1000

    /// Plans the rule that `body` describes.
    @discardableResult
    mutating func planFault(_ body: JSON, scenario: String? = nil) throws(ControlFailure) -> Fault {
        guard faults.count < Self.mostFaults else { throw ControlFailure("at most \(Self.mostFaults) rules") }
        let id = (faults.last?.id ?? lastFaultID) + 1
        let chance = configuration.seed.map { $0 &+ UInt64(id) } ?? UInt64.random(in: .min ... .max)
        var fault = try Fault(body, now: now, seed: chance)
        fault.id = id
        fault.scenario = scenario
        put(fault)
        return fault
    }

    /// Takes one rule away. Answers whether it was there.
    mutating func takeAwayFault(_ id: Int) -> Bool {
        let isThere = faults.contains { $0.id == id }
        endFaults { $0.id == id }
        endScenariosWithoutRules()
        return isThere
    }

    mutating func takeAwayFaults() {
        endFaults { _ in true }
        endScenariosWithoutRules()
    }

    /// A scenario that is nothing but rules is over when the last of them is gone.
    private mutating func endScenariosWithoutRules() {
        for part in rehearsal.parts {
            guard let scenario = part.scenario, !scenario.rules.isEmpty else { continue }
            if !faults.contains(where: { $0.scenario == part.name }) { endScenario(part.name) }
        }
    }

    /// The strike that a call gets, if any.
    mutating func strike(_ operation: Operation, ids: [String]) -> Fault? {
        let now = now
        for index in faults.indices where faults[index].fits(operation, ids, now) {
            var fault = faults[index]
            let strike = fault.strike(now)
            put(fault)
            if let strike { return strike }
        }
        return nil
    }
}

extension Fault {
    fileprivate func fits(_ operation: Operation, _ ids: [String], _ now: Milliseconds) -> Bool {
        guard left != 0, from <= now, now < until else { return false }
        guard operations.isEmpty || operations.contains(operation.rawValue) else { return false }
        return objectID.map(ids.contains) ?? true
    }

    /// Nil when this call is let pass.
    fileprivate mutating func strike(_ now: Milliseconds) -> Fault? {
        if skip > 0 {
            skip -= 1
            return nil
        }
        if let minutes = throttled(now) {
            guard minutes > 0 else { return nil }
            retryAfterMinutes = minutes
        }
        guard probability >= 1 || dice.nextFraction() < probability else { return nil }
        if let left { self.left = left - 1 }
        matched += 1
        var strike = self
        strike.delay = latency?.sample(&dice) ?? 0
        return strike
    }

    /// Minutes until calls are let through again, 0 for a call within the limit; nil without a throttle.
    private mutating func throttled(_ now: Milliseconds) -> Int? {
        guard var limit = throttle else { return nil }
        if now - limit.startedAt >= limit.period {
            limit.startedAt = now
            limit.counted = 0
        }
        let isWithin = limit.counted < limit.calls
        if isWithin { limit.counted += 1 }
        throttle = limit
        return isWithin ? 0 : max(1, Int((limit.startedAt + limit.period - now + 59_999) / 60_000))
    }
}
