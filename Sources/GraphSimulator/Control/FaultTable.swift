// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The planned faults; the first that fits a call is spent on it.
final class FaultTable: Sendable {
    private struct Contents {
        var faults: [Fault] = []
        var lastID = 0
    }

    private let contents = Mutex(Contents())
    /// Chance of rules that name no seed.
    private let seed: UInt64
    /// Rules beyond this are refused: they are looked through for each call.
    static let most = 1000

    init(seed: UInt64? = nil) { self.seed = seed ?? UInt64.random(in: .min ... .max) }

    /// Adds the rule that `body` describes.
    func add(_ body: JSON, now: Milliseconds, scenario: String? = nil) throws(ControlFailure) -> Fault {
        let result = contents.withLock { contents -> Result<Fault, ControlFailure> in
            guard contents.faults.count < Self.most else {
                return .failure(ControlFailure("at most \(Self.most) rules"))
            }
            do throws(ControlFailure) {
                let id = contents.lastID + 1
                var fault = try Fault(body, now: now, seed: seed &+ UInt64(id))
                contents.lastID = id
                fault.id = id
                fault.scenario = scenario
                contents.faults.append(fault)
                return .success(fault)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    var all: [Fault] { contents.withLock { $0.faults } }

    func clear() { contents.withLock { $0.faults = [] } }

    /// Whether there was such a rule.
    func remove(_ id: Int) -> Bool {
        contents.withLock { contents in
            let count = contents.faults.count
            contents.faults.removeAll { $0.id == id }
            return contents.faults.count < count
        }
    }

    func removeAll(ofScenario name: String?) {
        contents.withLock { $0.faults.removeAll { $0.scenario != nil && (name == nil || $0.scenario == name) } }
    }

    /// The strike that a call gets, if any. `clock` is read only when there are rules.
    func take(_ operation: Operation, ids: [String], now clock: () -> Milliseconds) -> Fault? {
        guard contents.withLock({ !$0.faults.isEmpty }) else { return nil }
        let now = clock()
        return contents.withLock { contents in
            for index in contents.faults.indices where contents.faults[index].fits(operation, ids, now) {
                if let strike = contents.faults[index].strike(now) { return strike }
            }
            return nil
        }
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
