// SPDX-License-Identifier: Apache-2.0
import GRDB
import GRDBSQLite

/// The one writer: takes whatever waits, runs it as one transaction with one fsync, then answers every caller.
///
/// `@unchecked Sendable`: confined to the engine's writer thread.
final class SQLiteWriter: @unchecked Sendable {
    /// Jobs in one commit, and rows after which a group takes no further job.
    private static let groupLimit = 256
    private static let groupWeight = 4_096

    let pool: DatabasePool
    let queue: JobQueue<Job>
    let hub: WakeUpHub
    /// Kept alive here: the writer's connection calls it after each commit.
    let checkpointer: SQLiteCheckpointer
    /// After a failed fsync the kernel may have dropped dirty pages: no later commit of this process can be trusted.
    private var broken: SQLError?

    init(pool: DatabasePool, queue: JobQueue<Job>, hub: WakeUpHub, checkpointer: SQLiteCheckpointer) {
        self.pool = pool
        self.queue = queue
        self.hub = hub
        self.checkpointer = checkpointer
    }

    func serve() {
        while let jobs = queue.take(limit: Self.groupLimit, weight: Self.groupWeight) {
            var channels: Set<String> = []
            if let broken {
                Self.fail(jobs, broken)
            } else {
                pool.writeWithoutTransaction { database in channels = commit(jobs, on: database) }
            }
            for job in jobs { job.settle() }
            hub.wake(channels)
            if broken == nil { pool.writeWithoutTransaction { checkpointer.restart(on: $0) } }
        }
    }

    /// Runs `jobs` as one transaction and leaves each job's outcome in it. Returns the channels to wake.
    private func commit(_ jobs: [Job], on database: Database) -> Set<String> {
        var channels: Set<String> = []
        do {
            _ = try database.run("BEGIN IMMEDIATE", [])
            if jobs.count == 1 || jobs.allSatisfy({ $0 is AppendJob }) {
                try runAlone(jobs, on: database, channels: &channels)
            } else {
                try runMembers(jobs, on: database, channels: &channels)
            }
        } catch {
            rollBack(database)
            Self.fail(jobs, error)
            return []
        }
        do {
            _ = try database.run("COMMIT", [])
            return channels
        } catch .constraintViolation where jobs.count > 1 {
            // A deferred constraint fails at COMMIT only: alone, each job meets its own.
            rollBack(database)
            for job in jobs { job.failure = nil }
            return jobs.reduce(into: []) { $0.formUnion(commit([$1], on: database)) }
        } catch {
            // A full disk may get room again; every other storage failure of a commit is final until restart.
            let isDiskFull = sqlite3_errcode(database.sqliteConnection) == SQLITE_FULL
            if case .storage = error, !isDiskFull { broken = error }
            rollBack(database)
            Self.fail(jobs, error)
            return []
        }
    }

    /// One closure, or nothing but rows: without a savepoint, behind which every page would be copied before it is changed.
    private func runAlone(_ jobs: [Job], on database: Database, channels: inout Set<String>) throws(SQLError) {
        do {
            if let job = jobs.first as? TransactionJob {
                channels = try perform(job, on: database)
            } else {
                for case let job as AppendJob in jobs { try database.run(job.statement, rows: job.rows) }
            }
        } catch {
            rollBack(database)
            if jobs.count == 1 { jobs[0].failure = SQLError.translating(error) }
            _ = try database.run("BEGIN IMMEDIATE", [])
            if jobs.count > 1 { for case let job as AppendJob in jobs { try run([job], on: database) } }
        }
    }

    /// Returns the channels to wake.
    private func perform(_ job: TransactionJob, on database: Database) throws -> Set<String> {
        let transaction = SQLiteTransaction(database, isReadOnly: false)
        try job.run(transaction)
        if let swallowed = transaction.failure { throw swallowed }
        return transaction.channels
    }

    private func runMembers(_ jobs: [Job], on database: Database, channels: inout Set<String>) throws(SQLError) {
        var index = 0
        while index < jobs.count {
            if let job = jobs[index] as? TransactionJob {
                try run(job, on: database, channels: &channels)
                index += 1
            } else {
                let appends = jobs[index...].prefix(while: { $0 is AppendJob }).compactMap { $0 as? AppendJob }
                try run(appends, on: database)
                index += appends.count
            }
        }
    }

    /// Only this job's failure stays with it; a failure that ended the whole transaction is thrown.
    private func run(_ job: TransactionJob, on database: Database, channels: inout Set<String>) throws(SQLError) {
        let woken: Set<String>
        _ = try database.run("SAVEPOINT member", [])
        do {
            woken = try perform(job, on: database)
        } catch {
            job.failure = SQLError.translating(error)
            return try undoMember(on: database, after: error)
        }
        _ = try database.run("RELEASE member", [])
        channels.formUnion(woken)
    }

    /// All callers' rows behind one savepoint; only if one fails, each caller behind its own.
    private func run(_ jobs: [AppendJob], on database: Database) throws(SQLError) {
        _ = try database.run("SAVEPOINT member", [])
        do {
            for job in jobs { try database.run(job.statement, rows: job.rows) }
            _ = try database.run("RELEASE member", [])
        } catch {
            try undoMember(on: database, after: error)
            guard jobs.count > 1 else {
                for job in jobs { job.failure = error }
                return
            }
            for job in jobs { try run([job], on: database) }
        }
    }

    private func undoMember(on database: Database, after error: any Error) throws(SQLError) {
        // SQLITE_FULL, IOERR and NOMEM may have rolled back the whole transaction: nobody's work is there any more.
        guard database.isInsideTransaction else {
            throw error as? SQLError ?? .storage("the transaction was rolled back")
        }
        _ = try database.run("ROLLBACK TO member", [])
        _ = try database.run("RELEASE member", [])
    }

    private func rollBack(_ database: Database) {
        guard database.isInsideTransaction else { return }
        _ = try? database.run("ROLLBACK", [])
    }

    private static func fail(_ jobs: [Job], _ error: any Error) {
        for job in jobs where job.failure == nil { job.failure = error }
    }
}
