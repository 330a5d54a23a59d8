// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import GRDBSQLite
import Logging
import Synchronization

/// Copies the WAL back into the database file on its own thread and connection, so that no commit waits for it.
///
/// `@unchecked Sendable`: `walPages`, `isClosed` and `sleepers` are guarded by `condition`; `queue` is thread-safe.
final class SQLiteCheckpointer: @unchecked Sendable {
    /// WAL pages (4 KiB) since the last checkpoint that start the next one.
    /// Fewer would copy the same hot pages again and again, and each checkpoint's fsync stands in the way of a commit's.
    private static let passivePages = 4_000
    /// WAL pages above which the WAL is to begin anew. The file keeps its size: cutting it back takes tens of milliseconds,
    /// and growing again makes every commit's fsync dearer.
    private static let restartPages = 16_384
    private static let lockTimeoutSeconds = 0.2

    private let condition = NSCondition()
    private var walPages = 0
    private var checkpointedPages = 0
    private var isClosed = false
    private let isRestartDue = Atomic(false)
    private let queue: DatabaseQueue
    private let logger: Logger

    init(path: String, logger: Logger) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(Self.lockTimeoutSeconds)
        configuration.label = "checkpointer"
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { database in
            _ = try database.run("PRAGMA synchronous=FULL", [])
            _ = try database.run("PRAGMA wal_autocheckpoint=0", [])
        }
        self.logger = logger
    }

    /// Called by the writer's connection after each commit: `sqlite3_wal_hook` takes the place of automatic
    /// checkpoints.
    func watch(_ writer: Database) {
        sqlite3_wal_hook(
            writer.sqliteConnection,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<SQLiteCheckpointer>.fromOpaque(context).takeUnretainedValue().note(walPages: Int(pages))
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func note(walPages pages: Int) {
        condition.lock()
        if pages < checkpointedPages { checkpointedPages = 0 }
        walPages = pages
        if isDue { condition.signal() }
        condition.unlock()
    }

    private var isDue: Bool { walPages - checkpointedPages >= Self.passivePages }

    func serve() {
        while waitUntilDue() {
            do {
                let inWAL = try checkpoint(.passive)
                if inWAL >= Self.restartPages { isRestartDue.store(true, ordering: .relaxed) }
            } catch {
                logger.warning("checkpoint failed", metadata: ["error": "\(SQLError.translating(error))"])
            }
        }
        do {
            try checkpoint(.truncate)
            try queue.close()
        } catch {
            logger.info("last checkpoint skipped", metadata: ["error": "\(SQLError.translating(error))"])
        }
    }

    /// For the writer, between two groups: copies the last pages while no others come, after which the WAL begins anew by
    /// itself. It waits for no lock; where a reader is in the way, the next checkpoint asks again.
    func restart(on writer: Database) {
        guard isRestartDue.exchange(false, ordering: .relaxed) else { return }
        do {
            _ = try writer.checkpoint(.passive)
        } catch {
            logger.warning("checkpoint failed", metadata: ["error": "\(SQLError.translating(error))"])
        }
    }

    private func waitUntilDue() -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while !isDue, !isClosed { condition.wait() }
        return !isClosed
    }

    /// Returns the pages in the WAL.
    @discardableResult
    private func checkpoint(_ kind: Database.CheckpointMode) throws -> Int {
        condition.lock()
        checkpointedPages = walPages
        condition.unlock()
        return try queue.writeWithoutTransaction { try $0.checkpoint(kind).walFrameCount }
    }

    func close() {
        condition.lock()
        isClosed = true
        condition.signal()
        condition.unlock()
    }
}
