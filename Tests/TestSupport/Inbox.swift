// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What happened, in order, for tests that wait for it.
package final class Inbox<Element: Sendable>: Sendable {
    private struct State {
        var all: [Element] = []
        /// Elements that `next()` has handed out.
        var seenCount = 0
        var waiters: [UInt64: CheckedContinuation<Element, any Error>] = [:]
        var waiterCount: UInt64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var all: [Element] { state.withLock { $0.all } }

    package func put(_ element: Element) {
        let waiter = state.withLock { state -> CheckedContinuation<Element, any Error>? in
            state.all.append(element)
            guard let first = state.waiters.keys.min() else { return nil }
            state.seenCount += 1
            return state.waiters.removeValue(forKey: first)
        }
        waiter?.resume(returning: element)
    }

    /// The first element that no call has returned, waiting for it if need be; throws when the test is cancelled.
    package func next() async throws -> Element {
        let id = state.withLock { state in
            state.waiterCount += 1
            return state.waiterCount
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // The handler runs after the cancelled flag is set: whoever waits later sees the flag under the same lock.
                let outcome: Result<Element, any Error>? = state.withLock { state in
                    if state.seenCount < state.all.count {
                        state.seenCount += 1
                        return .success(state.all[state.seenCount - 1])
                    }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiters[id] = continuation
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume(throwing: CancellationError())
        }
    }

    package func next(_ count: Int) async throws -> [Element] {
        var elements: [Element] = []
        while elements.count < count { elements.append(try await next()) }
        return elements
    }
}

/// Holds everyone who waits until it is opened.
package final class TestGate: Sendable {
    private struct State {
        var isOpen = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    package init() {}

    package func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    package func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiters.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
