// SPDX-License-Identifier: Apache-2.0

/// One caller waiting for an engine's thread.
///
/// `@unchecked Sendable`: `phase` is only touched under its queue's lock; everything else is touched by the thread
/// that took the job, and by the caller only before the job is queued.
class Job: @unchecked Sendable {
    enum Phase { case new, waiting, taken, cancelled }

    var phase = Phase.new
    /// What went wrong for this caller; set by the engine's thread.
    var failure: (any Error)?

    /// Rows this job will write, and 4 KiB of data count as a row: bounds groups and the queue's memory.
    var weight: Int { 1 }

    /// Answers the caller: its result, or `failure`. Called once.
    func settle() {}
}

/// A transaction's closure.
class TransactionJob: Job, @unchecked Sendable {
    enum Mode { case write, read, statement, migration }

    let mode: Mode

    init(mode: Mode) { self.mode = mode }

    /// Runs the closure and keeps its result; may be called again after a rollback.
    func run(_ transaction: any SQLTransaction) throws {}
}

final class ClosureJob<Result: Sendable>: TransactionJob, @unchecked Sendable {
    private let body: @Sendable (any SQLTransaction) throws -> Result
    private var result: Result?
    var continuation: CheckedContinuation<Result, any Error>?

    init(mode: Mode, body: @escaping @Sendable (any SQLTransaction) throws -> Result) {
        self.body = body
        super.init(mode: mode)
    }

    override func run(_ transaction: any SQLTransaction) throws { result = try body(transaction) }

    override func settle() {
        if let failure {
            continuation?.resume(throwing: failure)
        } else if let result {
            continuation?.resume(returning: result)
        } else {
            continuation?.resume(throwing: SQLError.closed)
        }
        continuation = nil
    }
}

/// Rows for one statement that share a commit with other callers' rows.
final class AppendJob: Job, @unchecked Sendable {
    let statement: String
    let rows: [[SQLValue]]
    /// Called once, with the failure or nil, on the engine's thread: it must not block.
    var done: (@Sendable ((any Error)?) -> Void)?
    private let rowWeight: Int

    init(statement: String, rows: [[SQLValue]]) {
        self.statement = statement
        self.rows = rows
        rowWeight = rows.count + rows.reduce(0) { $1.reduce($0) { $0 + $1.byteCount } } / 4_096
    }

    override var weight: Int { rowWeight }

    override func settle() {
        done?(failure)
        done = nil
    }
}

extension SQLValue {
    fileprivate var byteCount: Int {
        switch self {
        case .null, .integer, .real: 8
        case .text(let text): text.utf8.count
        case .blob(let bytes): bytes.count
        }
    }
}
