// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Callers in order of arrival, taken in groups by one or more threads that may block.
///
/// A caller that is cancelled while it waits leaves the queue and gets `CancellationError`; once its job is taken it
/// completes. `@unchecked Sendable`: all state is guarded by `condition`.
final class JobQueue<Element: Job>: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [Element] = []
    private var head = 0
    private var sleepers = 0
    private var isClosed = false
    private var waitingWeight = 0
    private let capacity: Int
    private let weightCapacity: Int

    /// `capacity`: callers that may wait, and `weightCapacity` what they may weigh together (in units of
    /// ``Job/weight``, so about 256 MiB of data); more are refused with `SQLError.busy`.
    init(capacity: Int = 16_384, weightCapacity: Int = 65_536) {
        self.capacity = capacity
        self.weightCapacity = weightCapacity
    }

    /// Queues `job`, or settles it at once with the reason why not.
    func submit(_ job: Element) {
        condition.lock()
        if let refusal = refusal(for: job) {
            condition.unlock()
            job.failure = refusal
            return job.settle()
        }
        job.phase = .waiting
        waiting.append(job)
        waitingWeight += job.weight
        if sleepers > 0 { condition.signal() }
        condition.unlock()
    }

    private func refusal(for job: Element) -> (any Error)? {
        if job.phase == .cancelled { return CancellationError() }
        if isClosed { return SQLError.closed }
        let isEmpty = head == waiting.count
        if waiting.count - head >= capacity || !isEmpty && waitingWeight + job.weight > weightCapacity {
            return SQLError.busy("too many callers are waiting already")
        }
        return nil
    }

    /// Takes a waiting job out; one that was taken already goes on to its end.
    func cancel(_ job: Element) {
        condition.lock()
        let wasWaiting = job.phase == .waiting
        if wasWaiting, let index = waiting[head...].firstIndex(where: { $0 === job }) {
            waiting.remove(at: index)
            waitingWeight -= job.weight
        }
        if job.phase != .taken { job.phase = .cancelled }
        condition.unlock()
        if wasWaiting {
            job.failure = CancellationError()
            job.settle()
        }
    }

    /// Waits for work and takes up to `limit` jobs, stopping after the one that reaches `weight`.
    /// `nil` once the queue is closed and empty.
    func take(limit: Int, weight: Int = .max) -> [Element]? {
        condition.lock()
        defer { condition.unlock() }
        while head == waiting.count {
            if isClosed { return nil }
            sleepers += 1
            condition.wait()
            sleepers -= 1
        }
        var total = 0
        var end = head
        while end < waiting.count, end - head < limit, total < weight {
            total += waiting[end].weight
            waiting[end].phase = .taken
            end += 1
        }
        waitingWeight -= total
        let taken = Array(waiting[head..<end])
        head = end
        compact()
        return taken
    }

    /// Dropping taken jobs in bulk keeps taking one job O(1).
    private func compact() {
        if head == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 1_024 {
            waiting.removeFirst(head)
            head = 0
        }
    }

    var isEmpty: Bool {
        condition.lock()
        defer { condition.unlock() }
        return head == waiting.count
    }

    /// Refuses new jobs; those that wait are still served.
    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }
}

extension JobQueue where Element == Job {
    /// Waits until `body` has run in a transaction of this queue's engine.
    func run<T: Sendable>(
        _ mode: TransactionJob.Mode, _ body: @escaping @Sendable (any SQLTransaction) throws -> T
    ) async throws -> T {
        let job = ClosureJob(mode: mode, body: body)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                job.continuation = continuation
                submit(job)
            }
        } onCancel: {
            cancel(job)
        }
    }

    /// Waits until all `rows` are stored durably.
    func append(_ statement: String, _ rows: [[SQLValue]]) async throws {
        guard !rows.isEmpty else { return }
        let job = AppendJob(statement: statement, rows: rows)
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                job.done = { failure in
                    if let failure { continuation.resume(throwing: failure) } else { continuation.resume() }
                }
                submit(job)
            }
        } onCancel: {
            cancel(job)
        }
    }

    /// Calls `done` once all `rows` are stored durably, or with what kept them from it.
    func append(_ statement: String, _ rows: [[SQLValue]], done: @escaping @Sendable ((any Error)?) -> Void) {
        guard !rows.isEmpty else { return done(nil) }
        let job = AppendJob(statement: statement, rows: rows)
        job.done = done
        submit(job)
    }
}
