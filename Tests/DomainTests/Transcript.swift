// SPDX-License-Identifier: Apache-2.0
import Domain

/// A run driven by hand; each act leaves a line: `act: move | state reason | step×attempt(failures)…`.
struct Transcript {
    static let begin = Timestamp(seconds: 1_764_000_000)
    static let policy = RetryPolicy(base: .seconds(2), cap: .minutes(15), attemptsMax: 3)

    var onboarding: Onboarding
    var now = begin
    var lines: [String] = []

    init(_ kinds: [StepKind]) {
        onboarding = Onboarding(
            id: OnboardingID(at: Self.begin), partnerID: PartnerID("prt_1"), customerID: CustomerID("c"),
            appID: AppID("1"), plan: .embeddedSignup, input: OnboardingInput(), createdAt: Self.begin, state: .running,
            steps: kinds.enumerated().map { StepRecord(seq: $0.offset + 1, kind: $0.element) })
    }

    mutating func start(_ seq: Int) {
        let isStarted = onboarding.start(seq, digest: "d", at: now)
        note("start \(seq)", isStarted ? "yes" : "no")
    }

    mutating func apply(_ outcome: StepOutcome, to seq: Int, _ word: String) {
        note("\(word) \(seq)", show(onboarding.apply(outcome, to: seq, at: now)))
    }

    mutating func done(_ seq: Int) { apply(.done(StepResult()), to: seq, "done") }

    mutating func retry(_ seq: Int, isUnknown: Bool = false, after: Duration? = nil) {
        let move = onboarding.retry(
            seq, isUnknown: isUnknown, after: after, detail: "no answer", policy: Self.policy, jitter: 1, at: now)
        note(isUnknown ? "lose \(seq)" : "retry \(seq)", show(move))
    }

    mutating func resume() { note("resume", onboarding.resume(at: now) ? "yes" : "no") }
    mutating func cancel() { note("cancel", onboarding.cancel(at: now) ? "yes" : "no") }
    mutating func interrupt(_ reason: FailureReason) {
        note("interrupt", onboarding.interrupt(reason, detail: nil, at: now) ? "yes" : "no")
    }
    mutating func rewind() {
        onboarding.rewindToExchange(at: now)
        note("rewind", "")
    }

    private func show(_ move: NextMove) -> String {
        switch move {
        case .proceed: "proceed"
        case .later(let due): "later +\((due - Self.begin).milliseconds)"
        case .rest: "rest"
        }
    }

    private mutating func note(_ act: String, _ move: String) {
        let steps = onboarding.steps.map { step in
            "\(step.state.rawValue)×\(step.attempt)" + (step.failures > 0 ? "(\(step.failures))" : "")
        }
        let state = onboarding.state.rawValue + (onboarding.reason.map { " " + $0.rawValue } ?? "")
        lines.append("\(act): \(move) | \(state) | \(steps.joined(separator: " "))")
    }
}
