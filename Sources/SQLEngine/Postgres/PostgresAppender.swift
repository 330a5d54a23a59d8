// SPDX-License-Identifier: Apache-2.0
import CPostgres

/// The connection that stores appended rows: whatever waits goes out as one pipeline, which is one transaction and one
/// flush.
///
/// `@unchecked Sendable`: confined to its thread.
final class PostgresAppender: @unchecked Sendable {
    private struct Member {
        let job: AppendJob
        let statement: String
        let rows: [PostgresParameters]
    }

    private static let groupLimit = 256
    private static let groupWeight = 4_096
    private static let conflictLimit = 10

    private let queue: JobQueue<Job>
    private let connection: PostgresConnection

    init(settings: PostgresSettings, queue: JobQueue<Job>) {
        self.queue = queue
        connection = PostgresConnection(settings: settings)
    }

    func serve() {
        while let jobs = queue.take(limit: Self.groupLimit, weight: Self.groupWeight) {
            store(jobs.compactMap { $0 as? AppendJob })
            for job in jobs { job.settle() }
        }
        connection.disconnect()
    }

    private func store(_ jobs: [AppendJob]) {
        connection.dropIfDead()
        do {
            try connection.ensureConnected()
        } catch {
            for job in jobs { job.failure = error.error }
            return
        }
        let members = jobs.compactMap { prepare($0) }
        guard !members.isEmpty, let failure = send([members])[0], !failure.isConnectionLost else { return }
        // Optimism failed: each caller in a transaction of its own, still in one pipeline.
        var pending = members
        for round in 1...Self.conflictLimit where !pending.isEmpty {
            do {
                try connection.ensureConnected()
            } catch {
                return
            }
            let failures = send(pending.map { [$0] })
            let conflicting = zip(pending, failures).filter {
                $0.1?.isConflict == true || $0.1?.isStaleStatement == true
            }
            pending = round < Self.conflictLimit ? conflicting.compactMap { prepare($0.0.job) } : []
        }
    }

    /// Encodes the rows and prepares the statement; `nil` and a failure in the job if that cannot be.
    private func prepare(_ job: AppendJob) -> Member? {
        job.failure = nil
        do {
            let rows = try job.rows.map { row throws(SQLError) in try PostgresParameters(row) }
            var name = ""
            for count in Set(job.rows.map { $0.count }) {
                name = try connection.prepare(job.statement, parameterCount: count)
            }
            return Member(job: job, statement: name, rows: rows)
        } catch let error as PostgresFailure {
            job.failure = error.error
        } catch {
            job.failure = error
        }
        return nil
    }

    /// Sends each group as one transaction; returns each group's failure and leaves it in the group's jobs.
    private func send(_ groups: [[Member]]) -> [PostgresFailure?] {
        guard PQenterPipelineMode(connection.handle) == 1 else {
            return lose(groups[...], .lost("pipeline refused"), isAmbiguous: false)
        }
        for (index, group) in groups.enumerated() {
            for member in group {
                for row in member.rows where !send(row, statement: member.statement) {
                    return lose(groups[...], connection.failure(nil), isAmbiguous: index > 0)
                }
            }
            guard PQpipelineSync(connection.handle) == 1 else {
                return lose(groups[...], connection.failure(nil), isAmbiguous: true)
            }
        }
        var failures: [PostgresFailure?] = []
        for (index, group) in groups.enumerated() {
            let failure = receive()
            if let failure, failure.isConnectionLost {
                return failures + lose(groups[index...], failure, isAmbiguous: true)
            }
            for member in group { member.job.failure = failure?.error }
            failures.append(failure)
        }
        if PQexitPipelineMode(connection.handle) != 1 { connection.disconnect() }
        if failures.contains(where: { $0?.isStaleStatement == true }) {
            do { try connection.forgetStatements() } catch { connection.disconnect() }
        }
        return failures
    }

    private func send(_ row: PostgresParameters, statement: String) -> Bool {
        row.withPointers { count, values, lengths, formats in
            PQsendQueryPrepared(connection.handle, statement, count, values, lengths, formats, 1) == 1
        }
    }

    /// Reads results up to the next synchronisation point; returns the first failure.
    private func receive() -> PostgresFailure? {
        var failure: PostgresFailure?
        var silences = 0
        while true {
            guard let result = PQgetResult(connection.handle) else {
                // One NULL closes each statement; two in a row mean that nothing more will come.
                silences += 1
                if silences > 1 { return .lost("the pipeline ended early") }
                continue
            }
            defer { PQclear(result) }
            silences = 0
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC: return failure
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_PIPELINE_ABORTED: break
            default:
                let found = connection.failure(result)
                failure = failure ?? found
                if found.isConnectionLost { return found }
            }
        }
    }

    /// Once a synchronisation point was sent, nobody knows whether the rows before it are stored.
    private func lose(
        _ groups: ArraySlice<[Member]>, _ failure: PostgresFailure, isAmbiguous: Bool
    ) -> [PostgresFailure?] {
        connection.disconnect()
        for member in groups.joined() {
            member.job.failure =
                isAmbiguous ? SQLError.ambiguousCommit("\(failure.state) while storing rows") : failure.error
        }
        return groups.map { _ in .lost("\(failure.error)") }
    }
}
