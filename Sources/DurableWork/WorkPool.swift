// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Logging
import Metrics
import ServiceLifecycle
package import Store
import Synchronization

/// Claims due work and runs it, many at once. One pool a node and world.
package final class WorkPool: Service {
    /// Work may be put back and claimed again before the task of its former claim has ended.
    private struct Holding: Hashable {
        let work: WorkID
        let claim: ClaimID
    }

    private struct State {
        var tasks: [Holding: Task<Void, Never>] = [:]
        var isDraining = false
        var hasStrays = false
        var whenIdle: CheckedContinuation<Void, Never>?
    }

    private let store: Store
    private let node: NodeID
    private let handlers: [String: any WorkHandler]
    private let settings: WorkSettings
    private let logger: Logger
    private let bell = Doorbell()
    private let state = Mutex(State())

    package init(store: Store, node: NodeID, handlers: [any WorkHandler], settings: WorkSettings, logger: Logger) {
        self.store = store
        self.node = node
        self.handlers = Dictionary(uniqueKeysWithValues: handlers.map { ($0.kind, $0) })
        self.settings = settings
        self.logger = logger
    }

    package func run() async throws {
        let wakeUps = Task { [bell, store] in
            for await _ in store.wakeUps(WakeUp.work) { bell.ring() }
        }
        await withGracefulShutdownHandler {
            await claimUntilDraining()
        } onGracefulShutdown: {
            self.state.withLock { $0.isDraining = true }
            self.bell.ring()
        }
        wakeUps.cancel()
        await drain()
    }

    /// Runs work that was born claimed by this node, at once and as the pool's own task: the caller may go away.
    package func adopt(_ work: ClaimedWork) { start(work) }

    /// Looks for due work now.
    package func wake() { bell.ring() }

    /// A transaction that claims work for this node may have been committed although its answer was lost.
    package func suspectStrays() {
        state.withLock { $0.hasStrays = true }
        bell.ring()
    }

    private func claimUntilDraining() async {
        while !Task.isCancelled, !state.withLock({ $0.isDraining }) {
            await releaseStrays()
            let free = settings.concurrency - state.withLock { $0.tasks.count }
            var claimed = 0
            if free > 0 { claimed = await claim(limit: free) }
            if claimed == free, free > 0 { continue }
            await bell.wait(until: await nextLook(isFull: free <= 0), on: store.clock)
        }
    }

    private func claim(limit: Int) async -> Int {
        do {
            let work = try await store.claimWork(
                kinds: Array(handlers.keys), limit: limit, node: node, lease: settings.lease)
            for item in work { start(item) }
            return work.count
        } catch {
            logger.warning("claiming work failed", metadata: ["error": "\(error)"])
            state.withLock { $0.hasStrays = true }
            return 0
        }
    }

    private func releaseStrays() async {
        guard state.withLock({ $0.hasStrays }) else { return }
        let known = state.withLock { Set($0.tasks.keys.map(\.claim)) }
        guard let released = try? await store.write({ try $0.work.releaseStrays(of: self.node, knowing: known) }) else {
            return
        }
        state.withLock { $0.hasStrays = false }
        if released > 0 { logger.notice("freed claims whose answer was lost", metadata: ["work": "\(released)"]) }
    }

    private func nextLook(isFull: Bool) async -> Timestamp {
        let backstop = store.clock.now() + settings.poll
        guard !isFull, let due = try? await store.read({ try $0.work.oldestDue() }) else { return backstop }
        // Due already but not claimed: an error or another node's race. The backstop keeps this from spinning.
        return due <= store.clock.now() ? backstop : min(due, backstop)
    }

    private func start(_ work: ClaimedWork) {
        guard let handler = handlers[work.kind] else { return }
        let holding = Holding(work: work.id, claim: work.claim)
        state.withLock { state in
            state.tasks[holding] = Task { [self] in
                await perform(work, by: handler)
                done(holding)
            }
        }
    }

    private func perform(_ work: ClaimedWork, by handler: any WorkHandler) async {
        let started = ContinuousClock.now
        var result = "done"
        do {
            if work.crashes >= settings.crashesMax {
                result = "given_up"
                try await handler.giveUp(work)
            } else {
                try await handler.run(work)
            }
        } catch is LostClaim {
            result = "lost"
            Counter(label: "gangway_job_lease_lost_total").increment()
        } catch is CancellationError {
            result = "released"
            await settle { try $0.work.release(work) }
        } catch {
            result = "failed"
            logger.error(
                "work failed", metadata: ["kind": "\(work.kind)", "key": "\(work.key)", "error": "\(error)"])
            await putBack(work)
        }
        let elapsed = ContinuousClock.now - started
        Timer(label: "gangway_job_run_seconds", dimensions: [("kind", work.kind), ("result", result)])
            .recordNanoseconds(elapsed.milliseconds * 1_000_000)
    }

    private func putBack(_ work: ClaimedWork) async {
        let delay = RetryPolicy().delay(failures: work.crashes + 1, jitter: Double.random(in: 0.5..<1.5))
        await settle { tx in try tx.work.fail(work, dueAt: tx.now + delay) }
    }

    /// Tells the database what became of a claim. Repeated until it answers: a claim that nobody works on would be prolonged
    /// by every heartbeat of this node. Not part of the cancelled task, whose writes would be refused.
    private func settle(_ body: @escaping @Sendable (StoreTransaction) throws -> Void) async {
        let limit = ContinuousClock.now + settings.lease
        await Task { [store, settings, logger] in
            while true {
                do {
                    return try await store.write(body)
                } catch is LostClaim {
                    return
                } catch {
                    logger.warning("putting work back failed", metadata: ["error": "\(error)"])
                    if ContinuousClock.now >= limit, self.state.withLock({ $0.isDraining }) { return }
                }
                try? await Task.sleep(for: settings.heartbeat)
            }
        }.value
    }

    private func done(_ holding: Holding) {
        let (wasFull, idle) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            let wasFull = state.tasks.count >= settings.concurrency
            state.tasks[holding] = nil
            guard state.tasks.isEmpty, let idle = state.whenIdle else { return (wasFull, nil) }
            state.whenIdle = nil
            return (wasFull, idle)
        }
        if wasFull { bell.ring() }
        idle?.resume()
    }

    /// Waits for work under way, at most `settings.drain`; what is cancelled then releases its claim uncounted.
    private func drain() async {
        state.withLock { $0.isDraining = true }
        let limit = Task { [self] in
            guard (try? await Task.sleep(for: settings.drain)) != nil else { return }
            for task in state.withLock({ Array($0.tasks.values) }) { task.cancel() }
        }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if !state.tasks.isEmpty { state.whenIdle = continuation }
                return state.tasks.isEmpty
            }
            if isIdle { continuation.resume() }
        }
        limit.cancel()
    }
}
