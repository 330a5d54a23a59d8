// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One connection of the pool and the loop that runs callers' closures on it.
///
/// `@unchecked Sendable`: confined to its thread.
final class PostgresWorker: @unchecked Sendable {
    private enum Outcome {
        case finished
        case failed(any Error)
        case again(PostgresFailure)
    }

    /// Runs of one closure at most when other transactions conflict with it, and when connections break under it.
    private static let conflictLimit = 12
    private static let reconnectLimit = 3
    /// Conflicts after which this node's closures take turns: optimism has lost.
    private static let turnThreshold = 3

    private let settings: PostgresSettings
    private let queue: JobQueue<Job>
    private let hub: WakeUpHub
    private let turns: NSLock
    private let connection: PostgresConnection

    /// `turns`: shared by all workers of an engine.
    init(settings: PostgresSettings, queue: JobQueue<Job>, hub: WakeUpHub, turns: NSLock) {
        self.settings = settings
        self.turns = turns
        self.queue = queue
        self.hub = hub
        connection = PostgresConnection(settings: settings)
    }

    func serve() {
        while let job = queue.take(limit: 1)?.first {
            var channels: Set<String> = []
            if let job = job as? TransactionJob { runToEnd(job, channels: &channels) }
            job.settle()
            hub.wake(channels)
        }
        connection.disconnect()
    }

    private func runToEnd(_ job: TransactionJob, channels: inout Set<String>) {
        var (conflicts, breaks) = (0, 0)
        defer { if conflicts >= Self.turnThreshold { turns.unlock() } }
        while true {
            let failure: PostgresFailure
            switch attempt(job, channels: &channels) {
            case .finished: return
            case .failed(let error):
                job.failure = error
                return
            case .again(let reason): failure = reason
            }
            job.failure = failure.error
            if failure.isConflict {
                conflicts += 1
                if conflicts == Self.turnThreshold { turns.lock() }
                guard conflicts < Self.conflictLimit else { return }
                pause(afterConflict: conflicts)
            } else {
                breaks += 1
                guard breaks < Self.reconnectLimit else { return }
            }
            job.failure = nil
        }
    }

    /// Full jitter, so that two closures do not meet again.
    private func pause(afterConflict number: Int) {
        let ceiling = min(0.001 * Double(1 << min(number, 7)), 0.1)
        Thread.sleep(forTimeInterval: Double.random(in: 0...ceiling))
    }

    private func attempt(_ job: TransactionJob, channels: inout Set<String>) -> Outcome {
        if job.mode == .statement { connection.dropIfDead() }
        let transaction = PostgresTransaction(
            connection, serverChannel: settings.channel, isReadOnly: job.mode == .read)
        do {
            try connection.ensureConnected()
        } catch {
            return .failed(error.error)
        }
        do {
            try begin(job.mode)
        } catch {
            return retryOrFail(error, mode: job.mode)
        }
        do {
            try job.run(transaction)
        } catch {
            if let failure = transaction.failure { return retryOrFail(failure, mode: job.mode) }
            rollBack(job.mode)
            return .failed(error)
        }
        if let swallowed = transaction.failure { return retryOrFail(swallowed, mode: job.mode) }
        do {
            try commit(job.mode)
        } catch {
            guard error.isConnectionLost, job.mode != .read else { return retryOrFail(error, mode: job.mode) }
            connection.disconnect()
            return .failed(SQLError.ambiguousCommit("\(error.state) during COMMIT"))
        }
        channels = transaction.channels
        return .finished
    }

    /// Called before COMMIT was sent, or after the server refused it: nothing has happened.
    private func retryOrFail(_ failure: PostgresFailure, mode: TransactionJob.Mode) -> Outcome {
        if failure.isConnectionLost {
            connection.disconnect()
            // A lone statement commits by itself: once sent, its end is unknown.
            return mode == .statement ? .failed(SQLError.ambiguousCommit("\(failure.error)")) : .again(failure)
        }
        rollBack(mode)
        if failure.isStaleStatement {
            do { try connection.forgetStatements() } catch { connection.disconnect() }
            return .again(failure)
        }
        return failure.isConflict ? .again(failure) : .failed(failure.error)
    }

    private func begin(_ mode: TransactionJob.Mode) throws(PostgresFailure) {
        switch mode {
        case .write: try connection.simple("BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE")
        case .read: try connection.simple("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        case .migration:
            try connection.simple("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
            let key = PostgresSettings.literal("gangway:migrate:\(settings.schema)")
            try connection.simple("SELECT pg_advisory_xact_lock(hashtextextended(\(key), 0))")
        case .statement: break
        }
    }

    private func commit(_ mode: TransactionJob.Mode) throws(PostgresFailure) {
        guard mode != .statement else { return }
        let tag = try connection.simple("COMMIT")
        guard tag == "COMMIT" else {
            throw PostgresFailure(error: .statement(code: "25P02", message: "COMMIT answered \(tag)"))
        }
    }

    private func rollBack(_ mode: TransactionJob.Mode) {
        guard mode != .statement else { return }
        do { try connection.simple("ROLLBACK") } catch { connection.disconnect() }
    }
}
