// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Wakes one waiter: a ring while nobody waits is kept, many rings count once.
package final class Doorbell: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package func ring() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let waiter = state.waiter else {
                state.isRung = true
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume()
    }

    /// Returns on a ring, at `deadline` of `clock`, or when the task is cancelled.
    package func wait(until deadline: Timestamp, on clock: any WorldClock) async {
        let timer = Task {
            guard (try? await clock.sleep(until: deadline)) != nil else { return }
            ring()
        }
        defer { timer.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRung = state.withLock { state in
                    if state.isRung {
                        state.isRung = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isRung { return continuation.resume() }
                if Task.isCancelled { ring() }
            }
        } onCancel: {
            ring()
        }
    }
}
