// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import GraphClient
package import Logging
import Metrics
package import OnboardingRunner
package import Store

/// Compares our records with Meta, a page a turn: what a page found, where the next begins and the claim's end are one
/// transaction, so that a node that dies costs one page and memory holds one page.
package struct ReconciliationHandler: WorkHandler {
    package let kind = WorkKind.reconciliation

    let store: Store
    let apps: AppDirectory
    let settings: ReconcilingSettings
    let logger: Logger

    package init(store: Store, apps: AppDirectory, settings: ReconcilingSettings, logger: Logger) {
        self.store = store
        self.apps = apps
        self.settings = settings
        self.logger = logger
    }

    package func run(_ work: ClaimedWork) async throws {
        let id = ReconciliationID(rawValue: work.key)
        guard let run = try await store.read({ try $0.reconciliations.find(id) }), run.state.isOpen else {
            return try await store.write { try $0.work.finish(work) }
        }
        let progress = TurnProgress(stored: work.progress)
        let app = try await apps.context(for: run.appID)
        guard let token = app.systemToken else {
            return try await end(work, id, .failed, "the app has no system token")
        }
        if let percent = app.graph.appUsagePercent, percent >= settings.usageLimitPercent {
            let note = "\(percent) % of the app's hourly limit is used: onboardings come first"
            return try await postpone(work, id, progress, .held(settings.usagePause, note))
        }
        let turn = ReconciliationTurn(
            work: work, run: run, progress: progress, app: app, token: token, store: store, settings: settings)
        do throws(TurnStop) {
            switch run.phase {
            case .clientList, .ownedList: try await turn.list()
            case .records: try await turn.records()
            }
        } catch {
            switch error {
            case .delay(let delay): try await postpone(work, id, progress, delay)
            case .failure(let failure): throw failure
            }
        }
    }

    /// It crashed its process too often.
    package func giveUp(_ work: ClaimedWork) async throws {
        let id = ReconciliationID(rawValue: work.key)
        try await end(work, id, .failed, "crashed \(work.crashes) times; the server's log has the cause")
    }

    private func postpone(
        _ work: ClaimedWork, _ id: ReconciliationID, _ progress: TurnProgress, _ delay: TurnDelay
    ) async throws {
        var progress = progress
        let (pause, note): (Duration, String)
        switch delay {
        case .held(let duration, let text): (pause, note) = (duration, text)
        case .refused(let error): return try await end(work, id, .failed, error.plainText)
        case .unserved(let error):
            progress.failures += 1
            guard progress.failures < settings.failuresMax else {
                return try await end(work, id, .failed, error.plainText)
            }
            pause = settings.retry.delay(failures: progress.failures, jitter: Double.random(in: 0.5..<1.5))
            note = error.plainText
        }
        logger.info("reconciliation waits", metadata: ["reconciliation": "\(id)", "detail": "\(note)"])
        let text = try progress.text()
        try await store.write { tx in
            try tx.work.fence(work)
            guard var run = try tx.reconciliations.find(id), run.state.isOpen else { return try tx.work.finish(work) }
            run.state = .waiting
            run.detail = note
            run.updatedAt = tx.now
            try tx.reconciliations.save(run)
            try tx.work.reschedule(work, dueAt: tx.now + pause, progress: text)
        }
    }

    private func end(
        _ work: ClaimedWork, _ id: ReconciliationID, _ state: Reconciliation.State, _ detail: String
    ) async throws {
        logger.error("reconciliation ended", metadata: ["reconciliation": "\(id)", "detail": "\(detail)"])
        try await store.write { tx in
            try tx.work.fence(work)
            try tx.work.finish(work)
            guard var run = try tx.reconciliations.find(id), run.state.isOpen else { return }
            run.state = state
            run.detail = detail
            run.updatedAt = tx.now
            run.finishedAt = tx.now
            try tx.reconciliations.save(run)
        }
    }
}

/// Why a turn ended without a page.
enum TurnStop: Error {
    case delay(TurnDelay)
    /// The database, or a bug: the pool puts the work back.
    case failure(any Error)

    init(_ error: GraphError) { self = .delay(TurnDelay(error)) }
}
