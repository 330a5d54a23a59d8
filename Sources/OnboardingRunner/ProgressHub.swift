// SPDX-License-Identifier: Apache-2.0
package import Domain
import Synchronization

/// Tells whoever watches an onboarding in this process of each committed change. A convenience: the database is the truth.
package final class ProgressHub: Sendable {
    private struct State {
        var nextWatcher = 0
        var watchers: [OnboardingID: [Int: AsyncStream<Onboarding>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// The newest state after each commit, until the stream is dropped. Slow watchers see only the latest.
    package func watch(_ id: OnboardingID) -> AsyncStream<Onboarding> {
        let (stream, continuation) = AsyncStream.makeStream(of: Onboarding.self, bufferingPolicy: .bufferingNewest(1))
        let watcher = state.withLock { state in
            state.nextWatcher += 1
            state.watchers[id, default: [:]][state.nextWatcher] = continuation
            return state.nextWatcher
        }
        continuation.onTermination = { [self] _ in
            state.withLock { state in
                state.watchers[id]?[watcher] = nil
                if state.watchers[id]?.isEmpty == true { state.watchers[id] = nil }
            }
        }
        return stream
    }

    func publish(_ onboarding: Onboarding) {
        let watchers = state.withLock { $0.watchers[onboarding.id].map { Array($0.values) } ?? [] }
        for watcher in watchers { watcher.yield(onboarding) }
    }
}
