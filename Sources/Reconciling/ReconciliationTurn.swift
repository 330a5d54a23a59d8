// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import GraphClient
import Metrics
import OnboardingRunner
import Store

/// One page of one phase.
struct ReconciliationTurn: Sendable {
    let work: ClaimedWork
    let run: Reconciliation
    let progress: TurnProgress
    let app: AppContext
    let token: SystemToken
    let store: Store
    let settings: ReconcilingSettings

    func read<T: Sendable>(_ body: @escaping @Sendable (StoreTransaction) throws -> T) async throws(TurnStop) -> T {
        do {
            return try await store.read(body)
        } catch {
            throw .failure(error)
        }
    }

    /// Ends the turn: `body` writes what the page found; the next page begins at `cursor`, or the next phase does.
    func commit(
        cursor: String?, isLast: Bool,
        _ body: @escaping @Sendable (StoreTransaction, inout Reconciliation) throws -> Void
    ) async throws(TurnStop) {
        let (work, id) = (work, run.id)
        var next = TurnProgress()
        if !isLast { next.cursor = cursor }
        do {
            let text = try next.text()
            try await store.write { tx in
                try tx.work.fence(work)
                guard var run = try tx.reconciliations.find(id), run.state.isOpen else {
                    return try tx.work.finish(work)
                }
                try body(tx, &run)
                run.state = .running
                run.detail = nil
                run.updatedAt = tx.now
                if isLast {
                    guard let phase = run.phase.next else { return try finish(&run, in: tx) }
                    run.phase = phase
                    if phase == .records { run.recordsAt = tx.now }
                }
                try tx.reconciliations.save(run)
                try tx.work.reschedule(work, dueAt: tx.now, progress: text)
            }
        } catch {
            throw .failure(error)
        }
    }

    private func finish(_ run: inout Reconciliation, in tx: StoreTransaction) throws {
        run.state = .finished
        run.finishedAt = tx.now
        try tx.reconciliations.save(run)
        try tx.work.finish(work)
    }

    func drift(_ finding: DriftFinding, _ waba: WABAID, _ partner: PartnerID?, _ repair: DriftRepair, at: Timestamp)
        -> Drift
    {
        Drift(
            id: DriftID(at: at), reconciliationID: run.id, kind: finding.kind, wabaID: waba,
            phoneNumberID: finding.phoneNumberID, partnerID: partner, detail: finding.detail, repair: repair,
            foundAt: at)
    }

    static func count(_ drifts: [Drift]) {
        for drift in drifts {
            Counter(label: "gangway_drift_total", dimensions: [("kind", drift.kind.rawValue)]).increment()
        }
    }
}
