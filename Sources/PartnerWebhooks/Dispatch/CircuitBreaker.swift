// SPDX-License-Identifier: Apache-2.0
import Domain

/// Keeps requests from an endpoint that mostly fails. It gates sending only: no attempt is used up.
struct CircuitBreaker {
    /// Source: the defaults of Convoy's circuit breaker.
    enum Limits {
        static let window = Duration.minutes(5)
        static let samplesMin = 10
        static let failedPercentMin = 70
        static let openFor = Duration.seconds(30)
    }

    enum State: Hashable {
        case closed
        case open(until: Timestamp)
        /// One request may find out.
        case halfOpen
    }

    private struct Slot {
        var index: Int64
        var succeeded = 0
        var failed = 0
    }

    private static let slotMilliseconds = Limits.window.milliseconds / 10

    private(set) var state = State.closed
    private var slots: [Slot] = []

    /// Requests that may be under way now, of at most `max`.
    mutating func room(_ max: Int, now: Timestamp) -> Int {
        if case .open(let until) = state, now >= until { state = .halfOpen }
        return switch state {
        case .closed: max
        case .open: 0
        case .halfOpen: min(1, max)
        }
    }

    /// Returns whether this result opened it.
    mutating func record(isSuccess: Bool, now: Timestamp) -> Bool {
        switch state {
        case .halfOpen:
            slots = []
            state = isSuccess ? .closed : .open(until: now + Limits.openFor)
            return !isSuccess
        case .open:
            // Sent before it opened.
            return false
        case .closed:
            count(isSuccess: isSuccess, now: now)
            let failed = slots.reduce(0) { $0 + $1.failed }
            let all = slots.reduce(failed) { $0 + $1.succeeded }
            guard all >= Limits.samplesMin, failed * 100 >= all * Limits.failedPercentMin else { return false }
            slots = []
            state = .open(until: now + Limits.openFor)
            return true
        }
    }

    /// Whether forgetting it would change nothing.
    func isIdle(now: Timestamp) -> Bool {
        guard case .closed = state else { return false }
        let oldest = now.milliseconds / Self.slotMilliseconds - 10
        return slots.allSatisfy { $0.index <= oldest }
    }

    private mutating func count(isSuccess: Bool, now: Timestamp) {
        let index = now.milliseconds / Self.slotMilliseconds
        slots.removeAll { $0.index <= index - 10 }
        if slots.last?.index != index { slots.append(Slot(index: index)) }
        if isSuccess { slots[slots.count - 1].succeeded += 1 } else { slots[slots.count - 1].failed += 1 }
    }
}
