// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Where verified notifications wait for the disk: few enough, small enough, and not for long.
final class StorageDesk: Sendable {
    private struct Waiter {
        let since: ContinuousClock.Instant
        let wake: CheckedContinuation<IntakeResult, Never>
    }

    private struct State {
        var waiters: [UInt64: Waiter] = [:]
        var nextID: UInt64 = 0
        var isWatched = false
    }

    private let state = Mutex(State())
    private let waiting = Atomic<Int>(0)
    private let held = Atomic<Int>(0)
    private let isStalled = Atomic<Bool>(false)
    private let waitingLimit: Int
    private let heldLimit: Int
    private let patience: Duration

    init(waiting: Int, heldBytes: Int, patience: Duration) {
        waitingLimit = waiting
        heldLimit = heldBytes
        self.patience = patience
    }

    /// Asked before a body is read: false when the queue is full or its oldest entry has waited a quarter of the patience.
    var hasRoom: Bool { waiting.load(ordering: .relaxed) < waitingLimit && !isStalled.load(ordering: .relaxed) }

    /// Counts bytes that are about to be kept; false, and nothing counted, when they are too many.
    func hold(_ byteCount: Int) -> Bool {
        guard held.add(byteCount, ordering: .relaxed).newValue > heldLimit else { return true }
        release(byteCount)
        return false
    }

    func release(_ byteCount: Int) { held.subtract(byteCount, ordering: .relaxed) }

    /// Waits until `store` has said whether it stored, at most as long as the patience. `store` goes on to its end even then.
    func wait(for store: (@escaping @Sendable (Bool) -> Void) -> Void) async -> IntakeResult {
        await withCheckedContinuation { wake in
            guard let id = enter(wake) else { return wake.resume(returning: .overloaded) }
            store { isStored in self.leave(id, isStored ? .stored : .unavailable) }
        }
    }

    private func enter(_ wake: CheckedContinuation<IntakeResult, Never>) -> UInt64? {
        let (id, mustWatch) = state.withLock { state -> (UInt64?, Bool) in
            guard state.waiters.count < waitingLimit else { return (nil, false) }
            state.nextID += 1
            state.waiters[state.nextID] = Waiter(since: .now, wake: wake)
            waiting.store(state.waiters.count, ordering: .relaxed)
            let mustWatch = !state.isWatched
            state.isWatched = true
            return (state.nextID, mustWatch)
        }
        if mustWatch { watch() }
        return id
    }

    /// Whoever takes the waiter out answers it: the store's end or the watch.
    private func leave(_ id: UInt64, _ result: IntakeResult) {
        let waiter = state.withLock { state in
            let waiter = state.waiters.removeValue(forKey: id)
            waiting.store(state.waiters.count, ordering: .relaxed)
            return waiter
        }
        waiter?.wake.resume(returning: result)
    }

    /// One watch for all waiters, and none while nobody waits: no timer a request.
    private func watch() {
        Task { [self] in
            repeat { try? await Task.sleep(for: patience / 8) } while expire()
        }
    }

    /// Answers those who waited too long; false when nobody is left.
    private func expire() -> Bool {
        let now = ContinuousClock.now
        let (late, isWatched) = state.withLock { state -> ([Waiter], Bool) in
            let late = state.waiters.filter { now - $0.value.since >= patience }
            for id in late.keys { state.waiters[id] = nil }
            let stalled = state.waiters.values.contains { now - $0.since >= patience / 4 }
            isStalled.store(stalled, ordering: .relaxed)
            waiting.store(state.waiters.count, ordering: .relaxed)
            state.isWatched = !state.waiters.isEmpty
            return (Array(late.values), state.isWatched)
        }
        for waiter in late { waiter.wake.resume(returning: .timedOut) }
        return isWatched
    }
}
