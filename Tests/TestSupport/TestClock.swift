// SPDX-License-Identifier: Apache-2.0
package import Domain
import Synchronization

/// A world's time that stands still until a test moves it.
package final class TestClock: WorldClock {
    private struct State {
        var now: Timestamp
        var sleepers: [UInt64: Sleeper] = [:]
        var nextSleeper: UInt64 = 0
    }

    private struct Sleeper {
        let deadline: Timestamp
        let wake: CheckedContinuation<Void, any Error>
    }

    private let state: Mutex<State>

    package init(at now: Timestamp = Timestamp(seconds: 1_764_000_000)) { state = Mutex(State(now: now)) }

    package func now() -> Timestamp { state.withLock { $0.now } }

    package func advance(by duration: Duration) {
        let due = state.withLock { state -> [Sleeper] in
            state.now = state.now + duration
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for key in due.keys { state.sleepers[key] = nil }
            return Array(due.values)
        }
        for sleeper in due { sleeper.wake.resume() }
    }

    package func sleep(until deadline: Timestamp) async throws {
        let id = state.withLock { state in
            state.nextSleeper += 1
            return state.nextSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled || state.now >= deadline { return true }
                    state.sleepers[id] = Sleeper(deadline: deadline, wake: continuation)
                    return false
                }
                guard isOver else { return }
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    continuation.resume()
                }
            }
        } onCancel: {
            // The handler runs after the cancelled flag is set: whoever parks later sees the flag under the same lock.
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: id) }
            sleeper?.wake.resume(throwing: CancellationError())
        }
    }
}
