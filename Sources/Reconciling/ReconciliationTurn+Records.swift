// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import GraphClient
import MetaChanges
import OnboardingRunner
import Store

/// Our records, one by one: each is read at Meta and compared.
extension ReconciliationTurn {
    func records() async throws(TurnStop) {
        let readAt = store.clock.now()
        let (after, limit, app) = (progress.cursor.map { WABAID($0) }, settings.recordPage, run.appID)
        let subjects = try await read { tx in
            try tx.wabas.walk(app: app, after: after, limit: limit).map { try Subject($0, in: tx) }
        }
        let answers = await ask(subjects)
        try judgeDelay(of: answers)
        let plan = try await intend(subjects, answers)
        let ends = await inLanes(settings.lanes, plan.repairs) { repair in
            let repairer = WABARepairer(app: self.app, token: token, subject: subjects[repair.index], now: readAt)
            return (repair, await repairer.perform(repair.kind))
        }
        let isLast = subjects.count < limit
        try await commit(cursor: subjects.last?.record.waba.id.rawValue, isLast: isLast) { tx, run in
            for (subject, answer) in zip(subjects, answers) {
                guard case .observed(let meta) = answer else { continue }
                try note(meta, subject.record, at: readAt, in: tx)
            }
            for id in plan.settledByThemselves where try tx.reconciliations.settle(id, .repaired, detail: nil) {
                run.counts.repaired += 1
            }
            for (repair, end) in ends {
                try settle(repair, end, subjects[repair.index], &run, at: readAt, in: tx)
            }
            run.counts.checked += subjects.count
            for (kind, count) in plan.new { run.counts.add(kind, count) }
        }
    }

    // MARK: Asking

    private func ask(_ subjects: [Subject]) async -> [WABAAnswerOrError] {
        await inLanes(settings.lanes, subjects) { subject in
            do throws(GraphError) {
                return .observed(try await WABAReader(app: app, token: token).read(subject))
            } catch {
                return .error(error)
            }
        }
    }

    /// A limit of the app, or a Meta that serves nothing, is no fault of these WABAs: the page waits.
    private func judgeDelay(of answers: [WABAAnswerOrError]) throws(TurnStop) {
        let errors = answers.compactMap(\.error)
        let limits = errors.filter { $0.isOfApp(app.graph.appUsagePercent) }
        // Meta's own words before ours about calls that we held back.
        if let limited = limits.first(where: { $0.code != nil }) ?? limits.first { throw TurnStop(limited) }
        if let refused = errors.first(where: \.isOfSystemToken) { throw TurnStop(refused) }
        guard let first = errors.first(where: { $0.class == .transient }) else { return }
        // One that keeps failing while its neighbours answer is told of soon; a Meta that serves nothing gets more time.
        let patience = errors.count == answers.count ? settings.patience : min(2, settings.patience)
        if progress.failures < patience { throw TurnStop(first) }
    }

    // MARK: Intending

    struct Repair: Sendable {
        let drift: DriftID
        let kind: DriftKind
        let index: Int
    }

    struct Plan: Sendable {
        var repairs: [Repair] = []
        /// Intended by a turn that died, and found mended.
        var settledByThemselves: [DriftID] = []
        /// Differences stored by this turn.
        var new: [(DriftKind, Int)] = []
    }

    /// Stores the differences, those that will be repaired as intended: what changes something at Meta is said before.
    private func intend(_ subjects: [Subject], _ answers: [WABAAnswerOrError]) async throws(TurnStop) -> Plan {
        let (repairs, rules, id, work) = (run.repairs, settings.rules, run.id, work)
        do {
            return try await store.write { tx in
                try tx.work.fence(work)
                let pending = try tx.reconciliations.intended(of: id, wabas: subjects.map(\.record.waba.id))
                var plan = Plan()
                var stillThere: Set<DriftID> = []
                for (index, (subject, answer)) in zip(subjects, answers).enumerated() {
                    let waba = subject.record.waba
                    for finding in answer.findings(subject.record, rules, now: tx.now) {
                        let isMended = repairs && finding.kind.isRepairable
                        if let known = pending.first(where: { $0.wabaID == waba.id && $0.kind == finding.kind }) {
                            stillThere.insert(known.id)
                            plan.repairs.append(Repair(drift: known.id, kind: known.kind, index: index))
                            continue
                        }
                        let found = drift(finding, waba.id, waba.partnerID, isMended ? .intended : .none, at: tx.now)
                        guard let new = try tx.reconciliations.record([found]).first else { continue }
                        plan.new.append((new.kind, 1))
                        if isMended { plan.repairs.append(Repair(drift: new.id, kind: new.kind, index: index)) }
                    }
                }
                plan.settledByThemselves = pending.map(\.id).filter { !stillThere.contains($0) }
                return plan
            }
        } catch {
            throw .failure(error)
        }
    }

    // MARK: Writing

    /// What Meta said of review and numbers, told as a webhook's word would be. Nothing is written where nothing changed.
    private func note(_ meta: ObservedWABA, _ record: RecordedWABA, at readAt: Timestamp, in tx: StoreTransaction)
        throws
    {
        guard record.waba.state.isHeld, let facts = meta.facts else { return }
        let numbers = (meta.numbers ?? []).filter { now in
            guard let known = record.numbers.first(where: { $0.id == now.id }) else { return true }
            return known.facts != now
        }
        guard !numbers.isEmpty || facts.reviewStatus != record.waba.reviewStatus else { return }
        try ChangePolling(tx).observe(facts, numbers: numbers, for: record.waba.partnerID, at: readAt)
    }

    private func settle(
        _ repair: Repair, _ end: WABARepairer.End, _ subject: Subject, _ run: inout Reconciliation,
        at readAt: Timestamp,
        in tx: StoreTransaction
    ) throws {
        let waba = subject.record.waba
        switch end {
        case .failed(let why):
            _ = try tx.reconciliations.settle(repair.drift, .failed, detail: why)
            return
        case .subscribed: try tx.wabas.setSubscribed(true, of: waba.id)
        case .overridden: break
        case .token(let token, let expiresAt):
            try tx.secrets.put(token, as: .businessToken, of: .waba(waba.id))
            try tx.wabas.setTokenExpiry(expiresAt, of: waba.id)
        case .gone: _ = try ChangePolling(tx).observeGone(waba, at: readAt)
        }
        guard try tx.reconciliations.settle(repair.drift, .repaired, detail: nil) else { return }
        run.counts.repaired += 1
        try tx.activities.record(
            partner: waba.partnerID, actor: run.requestedBy, action: "waba.repaired", target: waba.id.rawValue,
            detail: repair.kind.rawValue)
    }
}

enum WABAAnswerOrError: Sendable {
    case observed(ObservedWABA)
    case error(GraphError)

    var error: GraphError? {
        switch self {
        case .observed: nil
        case .error(let error): error
        }
    }

    func findings(_ record: RecordedWABA, _ rules: DriftRules, now: Timestamp) -> [DriftFinding] {
        switch self {
        case .observed(let meta): rules.findings(record, meta, now: now)
        case .error(let error): [DriftFinding(.unchecked, detail: error.plainText)]
        }
    }
}
