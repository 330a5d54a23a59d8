// SPDX-License-Identifier: Apache-2.0
import Domain
import Logging
import Store
import Synchronization

/// Writes settlements, many in one transaction: what comes during a commit shares the next one.
final class Settler: Sendable {
    private struct State {
        var waiting: [Settlement] = []
        var writerCount = 0
        var whenIdle: [CheckedContinuation<Void, Never>] = []
    }

    private static let batchMax = 50
    private static let writersMax = 2
    private static let triesMax = 8

    private let store: Store
    private let rule: DisablingRule
    private let logger: Logger
    /// Called for each settlement that is over, written or given up.
    private let onSettled: @Sendable ([Settlement], Settled) -> Void
    private let state = Mutex(State())

    init(
        store: Store, rule: DisablingRule, logger: Logger,
        onSettled: @escaping @Sendable ([Settlement], Settled) -> Void
    ) {
        self.store = store
        self.rule = rule
        self.logger = logger
        self.onSettled = onSettled
    }

    func add(_ settlements: [Settlement]) {
        guard !settlements.isEmpty else { return }
        let startsWriter = state.withLock { state in
            state.waiting += settlements
            guard state.writerCount < Self.writersMax else { return false }
            state.writerCount += 1
            return true
        }
        if startsWriter { Task { await writeAll() } }
    }

    /// Returns when nothing waits to be written.
    func drain() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.writerCount > 0 { state.whenIdle.append(continuation) }
                return state.writerCount == 0
            }
            if isIdle { continuation.resume() }
        }
    }

    private func writeAll() async {
        while let batch = takeBatch() { await write(batch) }
    }

    private func takeBatch() -> [Settlement]? {
        let (batch, idle) = state.withLock { state -> ([Settlement]?, [CheckedContinuation<Void, Never>]) in
            guard state.waiting.isEmpty else {
                let batch = Array(state.waiting.prefix(Self.batchMax))
                state.waiting.removeFirst(batch.count)
                return (batch, [])
            }
            state.writerCount -= 1
            guard state.writerCount == 0 else { return (nil, []) }
            defer { state.whenIdle = [] }
            return (nil, state.whenIdle)
        }
        for waiter in idle { waiter.resume() }
        return batch
    }

    /// A batch that cannot be written is written piece by piece, so that one bad row holds up no other.
    private func write(_ batch: [Settlement]) async {
        let rule = rule
        var pause = Duration.milliseconds(50)
        for attempt in 1...Self.triesMax {
            do {
                let settled = try await store.write { try $0.apply(batch, rule: rule) }
                return onSettled(batch, settled)
            } catch {
                logger.warning(
                    "settling deliveries failed",
                    metadata: ["count": "\(batch.count)", "try": "\(attempt)", "error": "\(error)"])
                if batch.count > 1, attempt == 2 { break }
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(2))
        }
        if batch.count > 1 {
            for settlement in batch { await write([settlement]) }
        } else {
            logger.error("a delivery could not be settled and will be sent again", metadata: batch[0].metadata)
            onSettled(batch, Settled())
        }
    }
}

extension Settlement {
    fileprivate var metadata: Logger.Metadata {
        ["delivery": "\(claimed.id)", "endpoint": "\(claimed.endpointID)", "event": "\(claimed.eventID)"]
    }
}
