// SPDX-License-Identifier: Apache-2.0
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The machine's clock plus an offset that only a test world ever moves.
package final class SystemClock: WorldClock {
    private struct State {
        var offset: Duration = .zero
        var sleepers: [UInt64: Sleeper] = [:]
        var nextSleeper: UInt64 = 0
    }

    private struct Sleeper {
        let deadline: Timestamp
        let wake: CheckedContinuation<Void, any Error>
        var timer: Task<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package func now() -> Timestamp {
        let offset = state.withLock { $0.offset }
        return Self.machineTime() + offset
    }

    /// How far this clock is ahead of the machine's.
    package var offset: Duration { state.withLock { $0.offset } }

    /// Moves this world's time forward and wakes every sleeper whose deadline is thereby reached.
    package func advance(by duration: Duration) { move { $0 + duration } }

    /// The same, to an offset that somebody may have moved it to already.
    package func advance(to offset: Duration) { move { max($0, offset) } }

    private func move(_ next: (Duration) -> Duration) {
        let due = state.withLock { state in
            let offset = next(state.offset)
            guard offset != state.offset else { return [Sleeper]() }
            state.offset = offset
            let now = Self.machineTime() + state.offset
            let due = state.sleepers.filter { $0.value.deadline <= now }
            for key in due.keys { state.sleepers[key] = nil }
            return Array(due.values)
        }
        for sleeper in due {
            sleeper.timer?.cancel()
            sleeper.wake.resume()
        }
    }

    package func sleep(until deadline: Timestamp) async throws {
        let id = state.withLock { state in
            state.nextSleeper += 1
            return state.nextSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                park(id: id, deadline: deadline, continuation: continuation)
            }
        } onCancel: {
            take(id)?.resume(throwing: CancellationError())
        }
    }

    private func park(id: UInt64, deadline: Timestamp, continuation: CheckedContinuation<Void, any Error>) {
        if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
        // Looked at and parked under one lock: an advance between the two would pass this sleeper by.
        let remaining = state.withLock { state -> Duration in
            let remaining = deadline - (Self.machineTime() + state.offset)
            if remaining > .zero { state.sleepers[id] = Sleeper(deadline: deadline, wake: continuation) }
            return remaining
        }
        guard remaining > .zero else { return continuation.resume() }
        // A cancellation between the check above and the insertion found nothing to resume: look again.
        if Task.isCancelled { take(id)?.resume(throwing: CancellationError()) }
        let timer = Task.detached { [self] in
            guard (try? await Task.sleep(for: remaining)) != nil else { return }
            take(id)?.resume()
        }
        let isParked = state.withLock { state in
            state.sleepers[id]?.timer = timer
            return state.sleepers[id] != nil
        }
        if !isParked { timer.cancel() }
    }

    private func take(_ id: UInt64) -> CheckedContinuation<Void, any Error>? {
        guard let sleeper = state.withLock({ $0.sleepers.removeValue(forKey: id) }) else { return nil }
        sleeper.timer?.cancel()
        return sleeper.wake
    }

    private static func machineTime() -> Timestamp {
        var spec = timespec()
        clock_gettime(CLOCK_REALTIME, &spec)
        return Timestamp(milliseconds: Int64(spec.tv_sec) * 1000 + Int64(spec.tv_nsec) / 1_000_000)
    }
}
