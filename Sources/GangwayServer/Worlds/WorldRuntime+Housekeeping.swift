// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Logging
import SealedSecrets
import Store

extension WorldRuntime {
    /// Durable work that no request asks for.
    static func housekeepers(_ store: Store, _ settings: ServerSettings, _ logger: Logger) -> [any WorkHandler] {
        [
            DeadlineWatcher(store: store), Resealer(store: store, logger: logger), AuditSealer(store: store),
            RetentionPruner(
                store: store,
                retention: Retention(
                    events: days(settings.keepEventsDays), activities: days(settings.keepActivitiesDays),
                    certificates: days(settings.keepCertificatesDays))),
        ]
    }

    /// Each is one work item of the world, whichever node does it. What a former process left half sealed goes on.
    static func beginHousekeeping(in store: Store) async throws {
        try await store.write { tx in
            try tx.work.enqueue(kind: WorkKind.watchDeadlines, key: DeadlineWatcher.key, dueAt: tx.now)
            try tx.work.enqueue(kind: WorkKind.prune, key: RetentionPruner.key, dueAt: tx.now)
            try tx.work.enqueue(kind: WorkKind.sealAudit, key: AuditSealer.key, dueAt: tx.now)
            let keys = try tx.dataKeys.all()
            guard try keys.count > 1 || tx.dataKeys.unnamedCount() > 0 else { return }
            try tx.work.enqueue(kind: WorkKind.reseal, key: Resealer.key, dueAt: tx.now)
        }
    }

    static func keySource(_ settings: ServerSettings) -> KeySource {
        let path = settings.keyFile ?? settings.dataDirectory + "/keys"
        return KeySource(
            reload: { try KeyFile.loadOrCreate(path: path) }, add: { try KeyFile.addKey(path: path) })
    }

    /// Zero keeps for ever.
    private static func days(_ count: Int) -> Duration? { count == 0 ? nil : .days(count) }
}
