// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import GraphClient
import OnboardingRunner
import Store

/// The two lists: what Meta shares and we do not have, and the runs that wait for a share that no webhook told.
extension ReconciliationTurn {
    /// What one listed WABA is to us.
    private enum Standing: Sendable {
        case onRecord
        case awaited([OnboardingID])
        case drift(DriftFinding)
    }

    private static let fields: [WABAField] = [.id, .ownerBusiness]

    func list() async throws(TurnStop) {
        let readAt = store.clock.now()
        let page = try await nextPage()
        let isOwnedList = run.phase == .ownedList
        let (facts, app) = (page.data.map(\.facts), run.appID)
        let standings = try await read { tx in
            try facts.map { try standing(of: $0, app, isOwnedList: isOwnedList, in: tx) }
        }
        // An end without a `next`, or a cursor that leads nowhere new.
        let isLast = !page.hasNext || page.nextCursor == nil || page.nextCursor == progress.cursor
        try await commit(cursor: page.nextCursor, isLast: isLast) { tx, run in
            var drifts: [Drift] = []
            for (waba, standing) in zip(facts, standings) {
                switch standing {
                case .onRecord: break
                case .drift(let finding): drifts.append(drift(finding, waba.id, nil, .none, at: tx.now))
                case .awaited(let runs): run.counts.rescued += try rescue(runs, waba, at: readAt, in: tx)
                }
            }
            let new = try tx.reconciliations.record(drifts)
            for drift in new { run.counts.add(drift.kind) }
            run.counts.listed += facts.count
            Self.count(new)
        }
    }

    private func nextPage() async throws(TurnStop) -> GraphPage<WABAAnswer> {
        do throws(GraphError) {
            let business = app.app.businessID
            // Oldest first: what is shared meanwhile comes behind the cursor.
            if run.phase == .ownedList {
                var list = ListOwnedWABAs(
                    of: business, fields: Self.fields, order: .oldestFirst, limit: settings.listPage, token: token)
                list.after = progress.cursor
                return try await app.graph.send(list)
            }
            var list = ListClientWABAs(
                of: business, fields: Self.fields, order: .oldestFirst, limit: settings.listPage, token: token)
            list.after = progress.cursor
            return try await app.graph.send(list)
        } catch {
            throw TurnStop(error)
        }
    }

    private func standing(
        of facts: WABAFacts, _ app: AppID, isOwnedList: Bool, in tx: StoreTransaction
    ) throws -> Standing {
        let record = try tx.wabas.find(facts.id)
        if let record, record.state.isHeld { return .onRecord }
        // The operator's own accounts are no customer's.
        if isOwnedList { return .onRecord }
        let waiting = try tx.onboardings.openRuns(waba: facts.id, business: facts.businessID)
            .filter { $0.appID == app && $0.currentStep?.kind == .awaitPartnerAdded }
        if !waiting.isEmpty { return .awaited(waiting.map(\.id)) }
        if let record {
            return .drift(DriftFinding(.missingHere, detail: "on record as \(record.state.rawValue), and shared"))
        }
        let isExpected = try tx.wabas.isExpected(facts.id, business: facts.businessID)
        return .drift(DriftFinding(isExpected ? .missingHere : .foreign))
    }

    /// Does what the webhook would have done; one that had given up waiting goes on too. Returns how many are woken.
    private func rescue(
        _ runs: [OnboardingID], _ waba: WABAFacts, at readAt: Timestamp, in tx: StoreTransaction
    ) throws -> Int {
        try tx.wabas.recordShare(waba.id, business: waba.businessID, solution: nil, at: readAt)
        var woken = 0
        for id in runs {
            guard let before = try tx.onboardings.find(id), before.state.isOpen,
                before.currentStep?.kind == .awaitPartnerAdded
            else { continue }
            if before.state == .actionRequired {
                guard before.reason == .signupAbandoned || before.reason == .wabaNotShared else { continue }
                var resumed = before
                guard resumed.resume(at: tx.now) else { continue }
                try tx.onboardings.save(resumed, before: before)
            }
            try tx.work.enqueue(kind: WorkKind.onboarding, key: id.rawValue, dueAt: tx.now)
            woken += 1
        }
        return woken
    }
}
