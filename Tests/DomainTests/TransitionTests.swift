// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

@Suite("Transitions of an onboarding")
struct TransitionTests {
    @Test("Step after step until live")
    func happyRun() {
        var run = Transcript([.exchangeCode, .announce])
        run.start(1)
        run.done(1)
        run.start(2)
        run.apply(.skipped(note: "n"), to: 2, "skip")
        #expect(
            run.lines == [
                "start 1: yes | running | running×1 pending×0",
                "done 1: proceed | running | done×1 pending×0",
                "start 2: yes | running | done×1 running×1",
                "skip 2: rest | live | done×1 skipped×1",
            ])
        #expect(run.onboarding.finishedAt == Transcript.begin)
        run.start(2)
        run.resume()
        run.cancel()
        run.interrupt(.accountRestricted)
        #expect(run.lines.suffix(4).allSatisfy { $0.contains(": no | live |") })
    }

    @Test("Failed tries back off and the last one asks the operator; a resume starts anew")
    func retries() {
        var run = Transcript([.subscribeApp, .announce])
        run.start(1)
        run.retry(1)
        run.start(1)
        run.retry(1, after: .seconds(30))
        run.start(1)
        run.retry(1)
        run.resume()
        run.start(1)
        run.done(1)
        #expect(
            run.lines == [
                "start 1: yes | running | running×1 pending×0",
                "retry 1: later +2000 | running | pending×1(1) pending×0",
                "start 1: yes | running | running×2(1) pending×0",
                "retry 1: later +30000 | running | pending×2(2) pending×0",
                "start 1: yes | running | running×3(2) pending×0",
                "retry 1: rest | action_required meta_unavailable | action_required×3(3) pending×0",
                "resume: yes | running | pending×3 pending×0",
                "start 1: yes | running | running×4 pending×0",
                "done 1: proceed | running | done×4 pending×0",
            ])
    }

    @Test("A lost answer stays unknown through retries, their end and a resume: it is never run blindly")
    func unknownStaysUnknown() {
        var run = Transcript([.exchangeCode, .announce])
        for _ in 0..<3 {
            run.start(1)
            run.retry(1, isUnknown: true)
        }
        run.resume()
        #expect(
            run.lines.filter { !$0.hasPrefix("start") } == [
                "lose 1: later +2000 | running | unknown×1(1) pending×0",
                "lose 1: later +4000 | running | unknown×2(2) pending×0",
                "lose 1: rest | action_required meta_unavailable | unknown×3(3) pending×0",
                "resume: yes | running | unknown×3 pending×0",
            ])
    }

    @Test("Waiting counts no try, forgets failures before it, and gives up at its date")
    func waiting() {
        let wait = StepWait(
            note: "not shared", pollAfter: .seconds(60), giveUpAfter: .seconds(150), reason: .signupAbandoned)
        var run = Transcript([.awaitPartnerAdded, .announce])
        run.start(1)
        run.retry(1)
        run.start(1)
        run.apply(.waiting(wait), to: 1, "wait")
        run.now = Transcript.begin + .seconds(100)
        run.start(1)
        run.apply(.waiting(wait), to: 1, "wait")
        run.now = Transcript.begin + .seconds(150)
        run.start(1)
        run.apply(.waiting(wait), to: 1, "wait")
        run.now = Transcript.begin + .seconds(1000)
        run.resume()
        run.start(1)
        run.apply(.waiting(wait), to: 1, "wait")
        #expect(
            run.lines.filter { $0.hasPrefix("wait") || $0.hasPrefix("resume") } == [
                "wait 1: later +60000 | waiting | waiting×1 pending×0",
                "wait 1: later +150000 | waiting | waiting×1 pending×0",
                "wait 1: rest | action_required signup_abandoned | action_required×2 pending×0",
                "resume: yes | running | pending×2 pending×0",
                "wait 1: later +1060000 | waiting | waiting×2 pending×0",
            ])
    }

    @Test("A short pause still counts as running, a long one as waiting")
    func pauses() {
        var run = Transcript([.shareCreditLine, .announce])
        run.start(1)
        run.apply(.snoozed(.seconds(2), note: "busy"), to: 1, "snooze")
        run.start(1)
        run.apply(.snoozed(.hours(72), note: "locked"), to: 1, "snooze")
        #expect(run.lines[1] == "snooze 1: later +2000 | running | pending×0 pending×0")
        #expect(run.lines[3] == "snooze 1: later +259200000 | waiting | pending×0 pending×0")
    }

    @Test("A stopped run starts nothing until somebody resumes")
    func stopping() {
        var run = Transcript([.registerPhoneNumber, .announce])
        run.start(1)
        run.apply(.needsAction(.pinMismatch, detail: "133005"), to: 1, "stop")
        run.start(1)
        run.resume()
        run.start(1)
        run.apply(.failed(.rejectedByMeta, detail: nil), to: 1, "fail")
        run.start(1)
        run.resume()
        #expect(
            run.lines.dropFirst() == [
                "stop 1: rest | action_required pin_mismatch | action_required×1 pending×0",
                "start 1: no | action_required pin_mismatch | action_required×1 pending×0",
                "resume: yes | running | pending×1 pending×0",
                "start 1: yes | running | running×2 pending×0",
                "fail 1: rest | failed rejected_by_meta | failed×2 pending×0",
                "start 1: no | failed rejected_by_meta | failed×2 pending×0",
                "resume: yes | running | pending×2 pending×0",
            ])
    }

    @Test("A cancelled run keeps what the call under way brought, and goes no further")
    func cancelling() {
        var run = Transcript([.exchangeCode, .announce])
        run.start(1)
        run.cancel()
        run.done(1)
        run.start(2)
        run.resume()
        run.cancel()
        #expect(
            run.lines.dropFirst() == [
                "cancel: yes | cancelled | running×1 pending×0",
                "done 1: rest | cancelled | done×1 pending×0",
                "start 2: no | cancelled | done×1 pending×0",
                "resume: no | cancelled | done×1 pending×0",
                "cancel: no | cancelled | done×1 pending×0",
            ])
    }

    @Test(
        "A stop from outside holds, however the call under way ends",
        arguments: [
            (StepOutcome.done(StepResult()), "done×1 pending×0"), (.skipped(note: ""), "skipped×1 pending×0"),
            (.snoozed(.seconds(60), note: ""), "pending×1 pending×0"),
            (.needsAction(.rejectedByMeta, detail: nil), "action_required×1 pending×0"),
            (.failed(.rejectedByMeta, detail: nil), "failed×1 pending×0"),
        ])
    func interruptedCall(outcome: StepOutcome, steps: String) {
        var run = Transcript([.subscribeApp, .announce])
        run.start(1)
        run.interrupt(.accountRestricted)
        run.apply(outcome, to: 1, "end")
        #expect(run.lines[1] == "interrupt: yes | action_required account_restricted | unknown×1 pending×0")
        #expect(run.lines[2] == "end 1: rest | action_required account_restricted | \(steps)")
        run.resume()
        #expect(run.onboarding.state == .running)
    }

    @Test("A stop from outside holds when the call under way is lost, and its effect stays unknown")
    func interruptedAndLost() {
        var run = Transcript([.subscribeApp, .announce])
        run.start(1)
        run.interrupt(.partnerRemoved)
        run.retry(1, isUnknown: true)
        #expect(run.lines[2] == "lose 1: rest | action_required partner_removed | unknown×1(1) pending×0")
        run.resume()
        #expect(run.lines[3] == "resume: yes | running | unknown×1 pending×0")
    }

    @Test("A run stopped during its last step is not live, and can be resumed")
    func interruptedLastStep() {
        var run = Transcript([.announce])
        run.start(1)
        run.interrupt(.accountRestricted)
        run.done(1)
        run.resume()
        run.start(1)
        run.done(1)
        #expect(
            run.lines.suffix(4) == [
                "done 1: rest | action_required account_restricted | action_required×1",
                "resume: yes | running | pending×1",
                "start 1: yes | running | running×2",
                "done 1: rest | live | done×2",
            ])
    }

    @Test("Meta's newest word is the reason of a run that had stopped for another")
    func interruptedTwice() {
        var run = Transcript([.registerPhoneNumber, .announce])
        run.start(1)
        run.apply(.needsAction(.pinMismatch, detail: nil), to: 1, "stop")
        run.interrupt(.accountDeleted)
        #expect(run.lines[2] == "interrupt: yes | action_required account_deleted | action_required×1 pending×0")
    }

    @Test("A new code runs the token steps again, but neither money nor a finished registration")
    func rewinding() {
        var run = Transcript([
            .exchangeCode, .inspectToken, .subscribeApp, .shareCreditLine, .registerPhoneNumber, .announce,
        ])
        for seq in 1...4 {
            run.start(seq)
            run.done(seq)
        }
        run.start(5)
        run.retry(5)
        run.start(5)
        run.apply(.needsAction(.tokenInvalid, detail: nil), to: 5, "stop")
        run.rewind()
        run.resume()
        run.start(1)
        #expect(
            run.lines.suffix(3) == [
                "rewind:  | action_required token_invalid | pending×1 pending×1 pending×1 done×1 pending×2 pending×0",
                "resume: yes | running | pending×1 pending×1 pending×1 done×1 pending×2 pending×0",
                "start 1: yes | running | running×2 pending×1 pending×1 done×1 pending×2 pending×0",
            ])
        #expect(run.onboarding.steps[4].reason == nil)
    }

    @Test("An unknown share of money stays unknown through a new code")
    func rewindingKeepsUnknown() {
        var run = Transcript([.exchangeCode, .shareCreditLine, .announce])
        run.start(1)
        run.done(1)
        run.start(2)
        run.interrupt(.tokenInvalid)
        run.rewind()
        #expect(run.lines.last == "rewind:  | action_required token_invalid | pending×1 unknown×1 pending×0")
    }

    @Test(
        "Backoff doubles to its cap, spread by half. Source: reliability.md section 5",
        arguments: [
            (1, 1.0, 2000), (2, 1.0, 4000), (3, 1.0, 8000), (9, 1.0, 512_000), (10, 1.0, 900_000), (20, 1.0, 900_000),
            (1, 0.5, 1000), (1, 1.5, 3000), (1, 0.0, 1000), (1, 9.0, 3000), (1000, 1.0, 900_000), (0, 1.0, 2000),
        ] as [(Int, Double, Int64)])
    func backoff(failures: Int, jitter: Double, milliseconds: Int64) {
        #expect(RetryPolicy().delay(failures: failures, jitter: jitter).milliseconds == milliseconds)
    }

    @Test("A step of several calls goes on at once after each, keeping what it learned")
    func progress() {
        var run = Transcript([.syncBusinessApp, .announce])
        run.start(1)
        run.apply(.progressed(StepResult(facts: ["contacts": "r1"])), to: 1, "call")
        run.start(1)
        run.apply(.done(StepResult(facts: ["history": "r2"])), to: 1, "done")
        #expect(
            run.lines == [
                "start 1: yes | running | running×1 pending×0",
                "call 1: proceed | running | pending×1 pending×0",
                "start 1: yes | running | running×2 pending×0",
                "done 1: proceed | running | done×2 pending×0",
            ])
        #expect(run.onboarding.steps[0].facts == ["contacts": "r1", "history": "r2"])
    }

    @Test("A call that ends after the run was stopped moves nothing on")
    func progressAfterStop() {
        var run = Transcript([.syncBusinessApp, .announce])
        run.start(1)
        run.interrupt(.accountRestricted)
        run.apply(.progressed(StepResult(facts: ["contacts": "r1"])), to: 1, "call")
        #expect(run.lines.last == "call 1: rest | action_required account_restricted | action_required×1 pending×0")
    }

    static let stops: [(StepKind, [String: String], Bool)] = [
        (.syncBusinessApp, [:], true), (.verifyMessaging, [:], true), (.enableTemplateAnalytics, [:], true),
        (.registerPhoneNumber, [:], false), (.registerPhoneNumber, ["11": StepRecord.registeredFact], true),
        (.shareCreditLine, [:], false), (.discoverAssets, [:], false),
    ]

    @Test("Only what a WABA can be live without is skipped by hand", arguments: stops)
    func skipping(kind: StepKind, facts: [String: String], isAllowed: Bool) {
        var run = Transcript([kind, .announce])
        run.start(1)
        let isSkippedWhileRunning = run.onboarding.skipStoppedStep(at: run.now)
        #expect(!isSkippedWhileRunning)
        run.apply(.progressed(StepResult(facts: facts)), to: 1, "call")
        run.start(1)
        run.apply(.needsAction(.rejectedByMeta, detail: nil), to: 1, "stop")
        let isSkipped = run.onboarding.skipStoppedStep(at: run.now)
        #expect(isSkipped == isAllowed)
        #expect((run.onboarding.currentStep?.kind == .announce) == isAllowed)
    }
}
