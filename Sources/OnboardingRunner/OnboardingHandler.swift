// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
package import Logging
import Metrics
package import Store

/// Runs onboardings: claims come from the work pool, every transition goes through one transaction.
package struct OnboardingHandler: WorkHandler {
    package let kind = WorkKind.onboarding

    let store: Store
    let apps: AppDirectory
    let steps: StepCatalog
    let settings: OnboardingSettings
    let hub: ProgressHub
    let checkpoints: CheckpointObserver
    let logger: Logger

    package init(
        store: Store, apps: AppDirectory, settings: OnboardingSettings, hub: ProgressHub,
        checkpoints: CheckpointObserver = .none, logger: Logger
    ) {
        self.store = store
        self.apps = apps
        self.steps = StepCatalog()
        self.settings = settings
        self.hub = hub
        self.checkpoints = checkpoints
        self.logger = logger
    }

    package func run(_ work: ClaimedWork) async throws {
        let id = OnboardingID(rawValue: work.key)
        var turn = try await take(work, id)
        while let assignment = turn {
            await reach(assignment.step.kind, .afterIntent)
            let end = await perform(assignment)
            await reach(assignment.step.kind, .afterEffect)
            turn = try await commit(work, id, after: (assignment, end), assignment.context.app)
            await reach(assignment.step.kind, .afterCommit)
        }
    }

    /// The work crashed its process too often: a person must look.
    package func giveUp(_ work: ClaimedWork) async throws {
        let id = OnboardingID(rawValue: work.key)
        let stopped = try await store.write { tx -> Onboarding? in
            try tx.work.fence(work)
            try tx.work.finish(work)
            guard let before = try tx.onboardings.find(id) else { return nil }
            var onboarding = before
            let detail = "crashed \(work.crashes) times"
            guard onboarding.interrupt(.internalError, detail: detail, at: tx.now) else { return nil }
            try tx.onboardings.save(onboarding, before: before)
            try Announcer(tx: tx).publishStop(of: onboarding)
            return onboarding
        }
        if let stopped { hub.publish(stopped) }
    }

    private func take(_ work: ClaimedWork, _ id: OnboardingID) async throws -> Assignment? {
        let found = try await store.read { try $0.onboardings.find(id) }
        if let step = found?.currentStep { await reach(step.kind, .beforeIntent) }
        // Before any intent: an app that cannot be loaded must not leave a step unknown.
        var app: AppContext?
        if let found { app = try await apps.context(for: found.appID) }
        return try await commit(work, id, after: nil, app)
    }

    private func commit(
        _ work: ClaimedWork, _ id: OnboardingID, after ended: (Assignment, StepEnd)?, _ app: AppContext?
    ) async throws -> Assignment? {
        let turn = Turn(
            work: work, id: id, ended: ended, steps: steps, settings: settings, jitter: Double.random(in: 0.5..<1.5))
        if let (assignment, _) = ended, let next = assignment.following { await reach(next, .beforeIntent) }
        let taken = try await write(turn)
        guard let onboarding = taken.onboarding else { return nil }
        hub.publish(onboarding)
        log(onboarding, ended)
        guard let assignment = taken.assignment, let app else { return nil }
        return await assigned(assignment, app)
    }

    /// What Meta answered (a token, an allocation) is nowhere else yet: while the database only fails in passing it is tried
    /// again, until it is written or another node holds the claim. Written twice it says the same.
    private func write(_ turn: Turn) async throws -> Turn.Taken {
        var pause = Duration.milliseconds(20)
        while true {
            do {
                return try await store.write { try turn.take(in: $0) }
            } catch let lost as LostClaim {
                guard let answer = LateAnswer(of: turn) else { throw lost }
                try await bring(answer)
                throw lost
            } catch {
                guard turn.ended != nil, StoreFailure(error) == .passing else { throw error }
                logger.warning(
                    "the end of a step is not written yet", metadata: ["onboarding": "\(turn.id)", "error": "\(error)"])
            }
            try await Task.sleep(for: pause * Double.random(in: 0.5..<1.5))
            pause = min(pause * 2, .seconds(1))
        }
    }

    private func bring(_ answer: LateAnswer) async throws {
        guard let onboarding = try await store.write({ try answer.take(in: $0) }) else { return }
        hub.publish(onboarding)
        logger.notice("a late answer to a code's exchange was kept", metadata: ["onboarding": "\(onboarding.id)"])
    }

    /// Newer settings of the app count from the next step on; if they cannot be read, the known ones do.
    private func assigned(_ taken: Turn.Taken.Started, _ known: AppContext) async -> Assignment {
        let app = (try? await apps.context(for: taken.onboarding.appID)) ?? known
        let context = StepContext(
            onboarding: taken.onboarding, step: taken.step, secrets: taken.secrets, app: app, settings: settings,
            store: store)
        return Assignment(step: steps.step(taken.step.kind), context: context, mode: taken.mode)
    }

    private func perform(_ assignment: Assignment) async -> StepEnd {
        do throws(GraphError) {
            switch assignment.mode {
            case .run: return .outcome(try await assignment.step.run(assignment.context), isRefusal: false)
            case .settle:
                switch try await assignment.step.settle(assignment.context) {
                case .outcome(let outcome): return .outcome(outcome, isRefusal: false)
                case .runAgain: return .runAgain
                }
            }
        } catch {
            return end(of: assignment, error)
        }
    }

    private func end(of assignment: Assignment, _ error: GraphError) -> StepEnd {
        let isRefused = error.reach == .answered && (error.class == .permanent || error.class == .needsPerson)
        let mayHaveHappened =
            assignment.step.changesMeta && (assignment.mode == .settle || (error.mayHaveHappened && !isRefused))
        if !mayHaveHappened, let outcome = assignment.step.outcome(for: error, assignment.context) {
            return .outcome(outcome, isRefusal: true, error: error)
        }
        switch error.class {
        case .transient: return .retry(error, isUnknown: mayHaveHappened)
        case .wait:
            if mayHaveHappened { return .retry(error, isUnknown: true) }
            return .outcome(
                .snoozed(error.retryAfter ?? .seconds(60), note: error.timelineText), isRefusal: true, error: error)
        case .permanent, .needsPerson:
            let outcome = error.refusal(usingSystemToken: assignment.step.kind.usesSystemToken)
            return .outcome(outcome, isRefusal: assignment.mode == .run, error: error)
        }
    }

    private func reach(_ step: StepKind, _ phase: Checkpoint.Phase) async {
        await checkpoints.reach(Checkpoint(step: step, phase: phase))
    }

    private func log(_ onboarding: Onboarding, _ ended: (Assignment, StepEnd)?) {
        guard let (assignment, end) = ended else { return }
        Counter(
            label: "gangway_workflow_steps_total",
            dimensions: [("step", assignment.step.kind.rawValue), ("result", end.label)]
        ).increment()
        logger.info(
            "step ended",
            metadata: [
                "onboarding": "\(onboarding.id)", "step": "\(assignment.step.kind.rawValue)", "result": "\(end.label)",
                "attempt": "\(assignment.context.step.attempt)", "state": "\(onboarding.state.rawValue)",
            ])
    }
}

/// A step that is this runner's to perform now, its intent committed.
struct Assignment: Sendable {
    enum Mode: Sendable {
        case run
        case settle
    }

    let step: any OnboardingStep
    let context: StepContext
    let mode: Mode

    /// The step that would come next.
    var following: StepKind? {
        context.onboarding.steps.first { $0.seq > context.step.seq && !$0.state.isFinished }?.kind
    }
}

/// How performing an assignment ended.
enum StepEnd: Sendable {
    case outcome(StepOutcome, isRefusal: Bool, error: GraphError? = nil)
    case retry(GraphError, isUnknown: Bool)
    /// Settled: the call did not happen, or happening twice is harmless.
    case runAgain

    var error: GraphError? {
        switch self {
        case .outcome(_, _, let error): error
        case .retry(let error, _): error
        case .runAgain: nil
        }
    }

    /// A metric label and the timeline's word.
    var label: String {
        switch self {
        case .outcome(let outcome, _, _): outcome.label
        case .retry(_, let isUnknown): isUnknown ? "unknown" : "retry"
        case .runAgain: "run_again"
        }
    }
}

extension StepOutcome {
    /// Whether the run rests until somebody acts.
    var stops: Bool {
        switch self {
        case .needsAction, .failed: true
        case .done, .progressed, .skipped, .snoozed, .waiting: false
        }
    }

    var label: String {
        switch self {
        // The try is done; whether the step has another call to make does not change that.
        case .done, .progressed: "done"
        case .skipped: "skipped"
        case .snoozed: "snoozed"
        case .waiting: "waiting"
        case .needsAction: "action_required"
        case .failed: "failed"
        }
    }
}
