// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import SQLEngine

@Suite("Waiting callers")
struct JobQueueTests {
    @Test("are refused beyond the queue's capacity")
    func capacity() throws {
        let queue = JobQueue<Job>(capacity: 2)
        let jobs = (0..<3).map { _ in Job() }
        for job in jobs { queue.submit(job) }
        #expect(jobs.map { $0.failure as? SQLError } == [nil, nil, .busy("too many callers are waiting already")])
        #expect(queue.take(limit: 9)?.count == 2)
        let late = Job()
        queue.submit(late)
        #expect(late.failure == nil)
    }

    @Test("are refused when they weigh too much together, but one alone never is")
    func weight() {
        let queue = JobQueue<Job>(weightCapacity: 10)
        let blob = SQLValue.blob([UInt8](repeating: 0, count: 1 << 20))
        let (large, small) = (AppendJob(statement: "", rows: [[blob]]), AppendJob(statement: "", rows: [[1]]))
        #expect(large.weight == 257)
        queue.submit(large)
        queue.submit(small)
        #expect(large.failure == nil)
        #expect(small.failure as? SQLError == .busy("too many callers are waiting already"))
        #expect(queue.take(limit: 9)?.count == 1)
        let next = AppendJob(statement: "", rows: [[1]])
        queue.submit(next)
        #expect(next.failure == nil)
    }

    @Test("are taken in order, in groups bounded by number and by weight")
    func groups() {
        let queue = JobQueue<Job>()
        let jobs = (1...6).map { AppendJob(statement: "\($0)", rows: Array(repeating: [], count: $0)) }
        for job in jobs { queue.submit(job) }
        queue.cancel(jobs[2])
        let first = queue.take(limit: 9, weight: 6)
        #expect(first?.compactMap { ($0 as? AppendJob)?.statement } == ["1", "2", "4"])
        let second = queue.take(limit: 1)
        #expect(second?.compactMap { ($0 as? AppendJob)?.statement } == ["5"])
        queue.close()
        #expect(queue.take(limit: 9)?.count == 1)
        #expect(queue.take(limit: 9) == nil)
    }

    @Test("get CancellationError if they leave before their turn, also before they were queued")
    func cancellation() {
        let queue = JobQueue<Job>()
        let (early, waiting, taken) = (Job(), Job(), Job())
        queue.cancel(early)
        queue.submit(early)
        queue.submit(taken)
        #expect(queue.take(limit: 1)?.first === taken)
        queue.cancel(taken)
        queue.submit(waiting)
        queue.cancel(waiting)
        #expect(early.failure is CancellationError)
        #expect(waiting.failure is CancellationError)
        #expect(taken.failure == nil)
    }
}
