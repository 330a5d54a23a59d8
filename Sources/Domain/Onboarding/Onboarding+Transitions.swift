// SPDX-License-Identifier: Apache-2.0

/// What a transition asks the shell to do after writing the onboarding.
package enum NextMove: Sendable, Equatable {
    /// Run the next step at once, keeping the claim.
    case proceed
    /// Put the work back for this time.
    case later(Timestamp)
    /// Nothing is left to do until somebody resumes: drop the work.
    case rest
}

/// Backoff of failed tries. Source: reliability.md section 5 (base 2 s, cap 15 min, 20 attempts).
package struct RetryPolicy: Sendable {
    package var base: Duration
    package var cap: Duration
    package var attemptsMax: Int

    package init(base: Duration = .seconds(2), cap: Duration = .minutes(15), attemptsMax: Int = 20) {
        self.base = base
        self.cap = cap
        self.attemptsMax = attemptsMax
    }

    /// `min(cap, base · 2^(failures−1))`, spread by `jitter` in 0.5..<1.5.
    package func delay(failures: Int, jitter: Double) -> Duration {
        let factor = Double(1 << min(max(failures - 1, 0), 30))
        let milliseconds = min(Double(cap.milliseconds), Double(base.milliseconds) * factor)
        return .milliseconds(Int64(milliseconds * min(max(jitter, 0.5), 1.5)))
    }
}

/// Pure transitions: state and fact in, state and next move out. The shell writes both in one transaction.
extension Onboarding {
    /// The intent: committed before the step's call. Returns false when the run may not move (cancelled, stopped, over).
    package mutating func start(_ seq: Int, digest: String?, at now: Timestamp) -> Bool {
        guard state.isOpen, state != .actionRequired, let index = index(of: seq) else { return false }
        guard !steps[index].state.isFinished else { return false }
        steps[index].state = .running
        steps[index].attempt += 1
        steps[index].intentAt = now
        steps[index].intentDigest = digest
        steps[index].startedAt = steps[index].startedAt ?? now
        steps[index].dueAt = nil
        steps[index].reason = nil
        steps[index].detail = nil
        touch(.running, at: now)
        return true
    }

    /// The step's effect is still not settled: whoever resumes reads Meta first.
    package mutating func markUnknown(_ seq: Int) {
        guard let index = index(of: seq), !steps[index].state.isFinished else { return }
        steps[index].state = .unknown
    }

    /// The end of a try. A run that was cancelled or stopped meanwhile keeps its state; the step's result is kept as a fact.
    package mutating func apply(_ outcome: StepOutcome, to seq: Int, at now: Timestamp) -> NextMove {
        guard let index = index(of: seq) else { return .rest }
        switch outcome {
        case .done(let result): finish(index, .done, facts: result.facts, at: now)
        case .progressed(let result): advance(index, facts: result.facts, at: now)
        case .skipped(let note): finish(index, .skipped, facts: ["note": note], at: now)
        case .snoozed(let delay, let note): pause(index, .pending, until: now + delay, note: note, at: now)
        case .waiting(let wait):
            let giveUpAt = (steps[index].startedAt ?? now) + wait.giveUpAfter
            if giveUpAt <= now { return stop(index, .actionRequired, wait.reason, detail: wait.note, at: now) }
            pause(index, .waiting, until: min(now + wait.pollAfter, giveUpAt), note: wait.note, at: now)
        case .needsAction(let reason, let detail): return stop(index, .actionRequired, reason, detail: detail, at: now)
        case .failed(let reason, let detail): return stop(index, .failed, reason, detail: detail, at: now)
        }
        return move(after: index)
    }

    /// A try that threw: back off, and after the last one ask the operator.
    package mutating func retry(
        _ seq: Int, isUnknown: Bool, after delay: Duration?, detail: String, policy: RetryPolicy, jitter: Double,
        at now: Timestamp
    ) -> NextMove {
        guard let index = index(of: seq) else { return .rest }
        steps[index].failures += 1
        if steps[index].failures >= policy.attemptsMax {
            let move = stop(index, .actionRequired, .metaUnavailable, detail: detail, at: now)
            if isUnknown { markUnknown(seq) }
            return move
        }
        let pause = max(delay ?? .zero, policy.delay(failures: steps[index].failures, jitter: jitter))
        steps[index].state = isUnknown ? .unknown : .pending
        steps[index].detail = detail
        steps[index].dueAt = now + pause
        touch(.running, at: now)
        return move(after: index)
    }

    /// Somebody acted: the stopped step may run again. An unknown effect stays unknown, so that it is settled by reading.
    package mutating func resume(at now: Timestamp) -> Bool {
        guard state == .actionRequired || state == .failed || state == .waiting else { return false }
        guard let step = currentStep, let index = index(of: step.seq) else { return false }
        if steps[index].state != .unknown { steps[index].state = .pending }
        steps[index].failures = 0
        steps[index].startedAt = nil
        steps[index].dueAt = now
        steps[index].reason = nil
        steps[index].detail = nil
        reason = nil
        detail = nil
        finishedAt = nil
        state = .running
        updatedAt = now
        return true
    }

    /// Goes on without the step that stopped the run. Returns false where the customer could not do without it.
    package mutating func skipStoppedStep(at now: Timestamp) -> Bool {
        guard state == .actionRequired, let step = currentStep, step.isDispensable, let index = index(of: step.seq)
        else { return false }
        steps[index].state = .skipped
        steps[index].facts["note"] = "skipped by hand: \(steps[index].reason?.rawValue ?? "stopped")"
        steps[index].finishedAt = now
        steps[index].dueAt = nil
        steps[index].reason = nil
        steps[index].detail = nil
        return true
    }

    /// Another code is wanted: the step that asks for one is to be done again. Returns false where there is none.
    package mutating func askForCodeAgain() -> Bool {
        guard let index = steps.firstIndex(where: { $0.kind == .requestCode && $0.state.isFinished }),
            currentStep?.kind == .verifyCode
        else { return false }
        let step = steps[index]
        steps[index] = StepRecord(seq: step.seq, kind: step.kind)
        steps[index].attempt = step.attempt
        return true
    }

    /// Ends an open run; steps already done stay done.
    package mutating func cancel(at now: Timestamp) -> Bool {
        guard state.isOpen else { return false }
        state = .cancelled
        updatedAt = now
        finishedAt = now
        return true
    }

    /// Stops an open run for a reason that came from outside a step, such as a webhook.
    package mutating func interrupt(_ reason: FailureReason, detail: String?, at now: Timestamp) -> Bool {
        // Whatever Meta says of a WABA that leaves anyway stops nothing.
        guard plan != .offboarding || reason == .internalError else { return false }
        guard state.isOpen, let step = currentStep, let index = index(of: step.seq) else { return false }
        let kept = steps[index].state
        _ = stop(index, .actionRequired, reason, detail: detail, at: now)
        if kept == .running || kept == .unknown { steps[index].state = .unknown }
        // The newest word of Meta's counts, whatever the run had stopped for.
        self.reason = reason
        self.detail = detail
        return true
    }

    /// Starts again from the code exchange with a new code.
    package mutating func rewindToExchange(at now: Timestamp) {
        for index in steps.indices where !steps[index].kind.survivesNewCode {
            let step = steps[index]
            steps[index] = StepRecord(seq: step.seq, kind: step.kind)
            steps[index].attempt = step.attempt
        }
        // What is kept but not finished gets its tries and its time anew; an unknown effect stays unknown.
        for index in steps.indices where !steps[index].state.isFinished {
            if steps[index].state == .actionRequired || steps[index].state == .failed { steps[index].state = .pending }
            steps[index].failures = 0
            steps[index].startedAt = nil
            steps[index].reason = nil
            steps[index].detail = nil
        }
        updatedAt = now
    }

    private mutating func finish(_ index: Int, _ state: StepState, facts: [String: String], at now: Timestamp) {
        let isLast = steps.indices.allSatisfy { $0 == index || steps[$0].state.isFinished }
        // The last step of a run that was stopped meanwhile stays open: a resume must find something to run.
        if isLast, self.state == .actionRequired { return steps[index].state = .actionRequired }
        steps[index].state = state
        steps[index].facts.merge(facts) { $1 }
        steps[index].finishedAt = now
        steps[index].dueAt = nil
        steps[index].reason = nil
        steps[index].detail = nil
        steps[index].failures = 0
        guard self.state.isOpen else { return }
        touch(isLast ? plan.end : .running, at: now)
        if isLast { finishedAt = now }
    }

    private mutating func advance(_ index: Int, facts: [String: String], at now: Timestamp) {
        steps[index].facts.merge(facts) { $1 }
        steps[index].failures = 0
        steps[index].dueAt = nil
        if self.state == .actionRequired { return steps[index].state = .actionRequired }
        steps[index].state = .pending
        steps[index].reason = nil
        steps[index].detail = nil
        touch(.running, at: now)
    }

    private mutating func pause(_ index: Int, _ state: StepState, until due: Timestamp, note: String, at now: Timestamp)
    {
        // Waiting is not a failure: the try is not counted, and those that failed before it are forgotten.
        if steps[index].state == .running { steps[index].attempt = max(0, steps[index].attempt - 1) }
        steps[index].failures = 0
        steps[index].state = state
        steps[index].dueAt = due
        steps[index].detail = note
        touch(due - now > Self.shortPause ? .waiting : .running, at: now)
    }

    private mutating func stop(
        _ index: Int, _ end: OnboardingState, _ reason: FailureReason, detail: String?, at now: Timestamp
    ) -> NextMove {
        steps[index].state = end == .failed ? .failed : .actionRequired
        steps[index].reason = reason
        steps[index].detail = detail
        steps[index].dueAt = nil
        // A run that was stopped meanwhile keeps the reason it was stopped for.
        guard state.isOpen, state != .actionRequired else { return .rest }
        self.reason = reason
        self.detail = detail
        if end == .failed { finishedAt = now }
        touch(end, at: now)
        return .rest
    }

    /// Pauses up to this long still count as running.
    private static let shortPause: Duration = .seconds(5)

    private func move(after index: Int) -> NextMove {
        guard state.isOpen, state != .actionRequired else { return .rest }
        if let due = steps[index].dueAt { return .later(due) }
        return .proceed
    }

    private func index(of seq: Int) -> Int? { steps.firstIndex { $0.seq == seq } }

    private mutating func touch(_ new: OnboardingState, at now: Timestamp) {
        if state.isOpen, state != .actionRequired { state = new }
        updatedAt = now
    }
}
