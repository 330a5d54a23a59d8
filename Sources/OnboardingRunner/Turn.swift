// SPDX-License-Identifier: Apache-2.0
import Domain
import Store

/// One transaction of a run: the end of one step, what it changes, the events, and the intent of the next step.
/// Everything is applied to what the database holds at this moment, so that a resume or a cancel is never overwritten.
struct Turn: Sendable {
    struct Taken: Sendable {
        struct Started: Sendable {
            let onboarding: Onboarding
            let step: StepRecord
            let secrets: StepSecrets
            let mode: Assignment.Mode
        }

        /// Nil when the onboarding is gone.
        let onboarding: Onboarding?
        let assignment: Started?
    }

    let work: ClaimedWork
    let id: OnboardingID
    let ended: (Assignment, StepEnd)?
    let steps: StepCatalog
    let settings: OnboardingSettings
    let jitter: Double

    func take(in tx: StoreTransaction) throws -> Taken {
        try tx.work.fence(work)
        guard let before = try tx.onboardings.find(id) else {
            try tx.work.finish(work)
            return Taken(onboarding: nil, assignment: nil)
        }
        var onboarding = before
        var move = try close(&onboarding, tx)
        if work.crashes > 0, ended != nil, onboarding.currentStep?.seq != before.currentStep?.seq {
            try tx.work.forgetCrashes(of: work)
        }
        var started: Taken.Started?
        while move == .proceed, started == nil, onboarding.state.isOpen {
            (started, move) = try open(&onboarding, tx)
        }
        try tx.onboardings.save(onboarding, before: before)
        if started == nil { try settleWork(move, tx) }
        return Taken(onboarding: onboarding, assignment: started)
    }

    private func settleWork(_ move: NextMove, _ tx: StoreTransaction) throws {
        switch move {
        case .later(let due): try tx.work.reschedule(work, dueAt: due)
        case .proceed, .rest: try tx.work.finish(work)
        }
    }

    /// Applies the end of the step that was performed; at the start of a run, looks at what was found.
    private func close(_ onboarding: inout Onboarding, _ tx: StoreTransaction) throws -> NextMove {
        guard let (assignment, end) = ended else { return onboarding.state == .actionRequired ? .rest : .proceed }
        let seq = assignment.context.step.seq
        try record(assignment, end, tx)
        // Answered late by another node, or begun anew with another code: this end is nobody's any more.
        guard let stored = onboarding.steps.first(where: { $0.seq == seq }), assignment.isCurrent(stored) else {
            return onboarding.state == .actionRequired ? .rest : .proceed
        }
        switch end {
        case .runAgain:
            try assignment.step.foundUndone(tx, onboarding)
            return onboarding.state == .actionRequired ? .rest : .proceed
        case .retry(let error, let isUnknown):
            if error.reach == .notSent, assignment.mode == .run {
                try assignment.step.withdrawIntent(tx, onboarding, after: error)
            }
            let wasStopped = onboarding.state == .actionRequired
            let move = onboarding.retry(
                seq, isUnknown: isUnknown, after: error.retryAfter, detail: error.timelineText, policy: settings.retry,
                jitter: jitter, at: tx.now)
            if !wasStopped, onboarding.state == .actionRequired { try Announcer(tx: tx).publishStop(of: onboarding) }
            return move
        case .outcome(let outcome, let isRefusal, let error):
            if isRefusal, let error { try assignment.step.withdrawIntent(tx, onboarding, after: error) }
            let isUnsettled = assignment.mode == .settle && error != nil && assignment.step.changesMeta
            return try apply(outcome, of: assignment.step, isUnsettled: isUnsettled, to: seq, of: &onboarding, tx)
        }
    }

    private func apply(
        _ outcome: StepOutcome, of step: any OnboardingStep, isUnsettled: Bool, to seq: Int,
        of onboarding: inout Onboarding, _ tx: StoreTransaction
    ) throws -> NextMove {
        var outcome = outcome
        switch outcome {
        case .done(let result), .progressed(let result):
            if let refusal = try Applier(tx: tx).apply(result.changes, to: &onboarding) { outcome = refusal }
        case .needsAction(.businessNotApproved, _) where step.kind != .awaitApproval:
            // The operator's word may have come while the step was asking: then nothing else would move the run on.
            let owner = try onboarding.businessID.flatMap { try tx.partners.approvedPartner(of: $0) }
            if owner == onboarding.partnerID { outcome = .snoozed(.zero, note: "The business was approved meanwhile.") }
        case .skipped, .snoozed, .waiting, .needsAction, .failed: break
        }
        let before = onboarding.state
        let move = onboarding.apply(outcome, to: seq, at: tx.now)
        if isUnsettled {
            onboarding.markUnknown(seq)
        } else if outcome.stops {
            try step.stopped(tx, onboarding)
        }
        if before.isOpen {
            try Announcer(tx: tx).publish(of: seq, in: onboarding, wasStopped: before == .actionRequired)
        }
        return move
    }

    /// The intent of the current step, or its end when no call is needed.
    private func open(_ onboarding: inout Onboarding, _ tx: StoreTransaction) throws -> (Taken.Started?, NextMove) {
        guard let record = onboarding.currentStep else { return (nil, .rest) }
        if let due = record.dueAt, due > tx.now, record.state != .waiting { return (nil, .later(due)) }
        let step = steps.step(record.kind)
        let isSettled = isSettled(record)
        let isUnknown = step.changesMeta && (record.state == .unknown || record.state == .running) && !isSettled
        if isUnknown {
            return start(record, digest: record.intentDigest, .settle, &onboarding, try secrets(onboarding, tx), tx)
        }
        switch try step.intend(tx, onboarding) {
        case .end(let outcome):
            // A look that finds nothing left belongs to the try before it. Whatever else counts as a try of its own, so that
            // the next stop of the same kind is told again.
            guard ends(outcome, record, onboarding) || onboarding.start(record.seq, digest: nil, at: tx.now) else {
                return (nil, .rest)
            }
            return (nil, try apply(outcome, of: step, isUnsettled: false, to: record.seq, of: &onboarding, tx))
        case .settleFirst:
            let mode: Assignment.Mode = isSettled ? .run : .settle
            return start(record, digest: nil, mode, &onboarding, try secrets(onboarding, tx), tx)
        case .proceed(let digest):
            return start(record, digest: digest, .run, &onboarding, try secrets(onboarding, tx), tx)
        }
    }

    private func ends(_ outcome: StepOutcome, _ record: StepRecord, _ onboarding: Onboarding) -> Bool {
        guard case .done = outcome, onboarding.state != .actionRequired else { return false }
        return record.attempt > 0 && record.startedAt != nil
    }

    /// Whether this very turn has just found out that the step may run again.
    private func isSettled(_ record: StepRecord) -> Bool {
        guard let (assignment, end) = ended, assignment.context.step.seq == record.seq else { return false }
        if case .runAgain = end { return true }
        return false
    }

    private func start(
        _ record: StepRecord, digest: String?, _ mode: Assignment.Mode, _ onboarding: inout Onboarding,
        _ secrets: StepSecrets, _ tx: StoreTransaction
    ) -> (Taken.Started?, NextMove) {
        guard onboarding.start(record.seq, digest: digest, at: tx.now),
            let started = onboarding.steps.first(where: { $0.seq == record.seq })
        else { return (nil, .rest) }
        return (Taken.Started(onboarding: onboarding, step: started, secrets: secrets, mode: mode), .proceed)
    }

    private func secrets(_ onboarding: Onboarding, _ tx: StoreTransaction) throws -> StepSecrets {
        try StepSecrets(of: onboarding, in: tx)
    }

    private func record(_ assignment: Assignment, _ end: StepEnd, _ tx: StoreTransaction) throws {
        let step = assignment.context.step
        let label = assignment.mode == .settle ? "settled_" + end.label : end.label
        if ["waiting", "snoozed"].contains(end.label) { return }
        try tx.onboardings.record(
            attempt: step.attempt, of: step.seq, in: id, startedAt: step.intentAt ?? tx.now, outcome: label,
            graphCode: end.error?.code, detail: end.error?.timelineText, calls: assignment.context.calls.all)
    }
}
