// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Logging
import Store
import Synchronization
import TestSupport

/// Opened once; whoever waits before or after passes.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiters.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}

struct ScriptedHandler: WorkHandler {
    var kind = "k"
    var onGiveUp: @Sendable (ClaimedWork) async throws -> Void = { _ in }
    let onRun: @Sendable (ClaimedWork) async throws -> Void

    func run(_ work: ClaimedWork) async throws { try await onRun(work) }
    func giveUp(_ work: ClaimedWork) async throws { try await onGiveUp(work) }
}

/// One node on a store: its pool runs while `body` does.
struct PoolWorld: Sendable {
    static let settings = WorkSettings(
        lease: .seconds(30), heartbeat: .milliseconds(10), grace: .milliseconds(100), drain: .seconds(20))
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    let store: Store
    let clock: TestClock
    let node: NodeID
    let pool: WorkPool

    init(_ test: TestStore, settings: WorkSettings = settings, handler: ScriptedHandler) async throws {
        let node = NodeID(at: test.clock.now())
        store = test.store
        clock = test.clock
        self.node = node
        pool = WorkPool(store: test.store, node: node, handlers: [handler], settings: settings, logger: Self.logger)
        try await test.store.write { try $0.nodes.beat(node, lease: settings.lease) }
    }

    func running(_ body: () async throws -> Void) async throws {
        let pool = pool
        let task = Task { try await pool.run() }
        do {
            try await body()
        } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        try await task.value
    }

    func enqueue(_ key: String, in delay: Duration = .zero) async throws {
        try await store.write { try $0.work.enqueue(kind: "k", key: key, dueAt: $0.now + delay) }
    }

    func states() async throws -> [String] {
        try await store.read { try $0.work.counts() }.map { "\($0.state) \($0.count)" }
    }
}
