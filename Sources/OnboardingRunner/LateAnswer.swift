// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Store

/// The token that Meta gave for a code that is now spent. A node that was taken for dead while it waited for that answer
/// brings it all the same: nobody else can ever get it. It counts as long as the run still lacks the answer to this very code.
struct LateAnswer: Sendable {
    let id: OnboardingID
    let assignment: Assignment
    let result: StepResult

    /// Nil unless losing the end of this turn would lose what cannot be had again.
    init?(of turn: Turn) {
        guard let (assignment, end) = turn.ended, assignment.step.kind == .exchangeCode, assignment.mode == .run,
            case .outcome(.done(let result), _, _) = end
        else { return nil }
        self.id = turn.id
        self.assignment = assignment
        self.result = result
    }

    /// The run as it goes on with the token; nil when it does not wait for it any more.
    func take(in tx: StoreTransaction) throws -> Onboarding? {
        guard let before = try tx.onboardings.find(id), before.state.isOpen,
            let step = before.currentStep, assignment.isCurrent(step)
        else { return nil }
        var onboarding = before
        if onboarding.state == .actionRequired {
            guard onboarding.reason == .codeExchangeUnknown, onboarding.resume(at: tx.now) else { return nil }
        }
        if try Applier(tx: tx).apply(result.changes, to: &onboarding) != nil { return nil }
        _ = onboarding.apply(.done(result), to: step.seq, at: tx.now)
        try tx.onboardings.record(
            attempt: assignment.context.step.attempt, of: step.seq, in: id,
            startedAt: assignment.context.step.intentAt ?? tx.now, outcome: "done", graphCode: nil,
            detail: "the answer came after this node was taken for dead")
        try Announcer(tx: tx).publish(of: step.seq, in: onboarding, wasStopped: false)
        try tx.onboardings.save(onboarding, before: before)
        try tx.work.enqueue(kind: WorkKind.onboarding, key: id.rawValue, dueAt: tx.now)
        return onboarding
    }
}

extension Assignment {
    /// Whether the stored step still asks for what was performed: not since a new code was brought, nor once it is finished.
    func isCurrent(_ stored: StepRecord) -> Bool {
        stored.seq == context.step.seq && !stored.state.isFinished && stored.intentDigest == context.step.intentDigest
    }
}
