// SPDX-License-Identifier: Apache-2.0

/// A recorded run as a scenario of the simulator in which a new run of the same plan goes the same way: each refusal and each
/// lost answer strikes the same call again. Holds no id, name, number, token or code.
package enum Replay {
    package static func scenario(of run: Onboarding, attempts: [StepAttempt]) -> SimulatorScenario {
        let shape = run.state == .running ? "is under way" : "ended as \(run.state.rawValue)"
        let stop = run.currentStep.map { step in
            " at \(step.kind.rawValue)" + (run.reason.map { " with \($0.rawValue)" } ?? "")
        }
        let isStopped = run.state == .actionRequired || run.state == .failed || run.state == .waiting
        var scenario = SimulatorScenario(
            name: "replay_" + run.id.rawValue,
            summary: "A run of \(run.plan.rawValue) that \(shape)\(isStopped ? stop ?? "" : "").",
            expectation: expectation(of: run, attempts))
        scenario.signup = signup(of: run)
        scenario.rules = rules(of: run, attempts)
        return scenario
    }

    // MARK: What the customer brings

    private static func signup(of run: Onboarding) -> [String: JSONValue] {
        var signup: [String: JSONValue] = [:]
        switch run.plan {
        case .embeddedSignup, .numberMigration, .offboarding: break
        case .businessApp: signup["flow"] = "business_app"
        case .hosted, .activation: signup["flow"] = "hosted"
        case .techPartner: signup["flow"] = "tech_partner"
        }
        switch run.reason {
        case .phoneNumberMissing: signup["with_number"] = false
        case .signupAbandoned: signup.merge(neverShared) { $1 }
        case .wabaNotShared where run.currentStep?.kind != .inspectToken: signup.merge(neverShared) { $1 }
        case _ where run.state == .waiting: signup.merge(neverShared) { $1 }
        case _: break
        }
        return signup
    }

    private static let neverShared: [String: JSONValue] = ["share_delay_ms": 31_536_000_000, "send_webhooks": false]

    // MARK: What goes wrong

    private static func rules(of run: Onboarding, _ attempts: [StepAttempt]) -> [JSONValue] {
        var passed: [String: Int] = [:]
        var strikes: [Strike] = []
        for attempt in inOrder(attempts) {
            for call in attempt.calls {
                guard let error = call.error else {
                    passed[call.operation, default: 0] += 1
                    continue
                }
                guard let effect = Effect(error, isDone: isDone(after: attempt, in: attempts)) else { continue }
                let strike = Strike(operation: call.operation, skip: passed[call.operation] ?? 0, effect: effect)
                if strikes.last?.isRepeated(by: strike) == true {
                    strikes[strikes.count - 1].times += 1
                } else {
                    strikes.append(strike)
                }
            }
        }
        if let last = saidOtherwise(run, passed) { strikes.append(last) }
        return strikes.map(\.rule)
    }

    private static func inOrder(_ attempts: [StepAttempt]) -> [StepAttempt] {
        attempts.sorted { ($0.startedAt, $0.seq, $0.attempt) < ($1.startedAt, $1.seq, $1.attempt) }
    }

    /// Whether a later look at Meta found that the call had taken effect, although its answer never came.
    private static func isDone(after attempt: StepAttempt, in attempts: [StepAttempt]) -> Bool {
        let later = attempts.filter { $0.seq == attempt.seq && $0.attempt > attempt.attempt }
            .min { $0.attempt < $1.attempt }
        return later?.outcome == "settled_done"
    }

    /// A stop that no error explains: Meta answered well, and what it said stops the run.
    private static func saidOtherwise(_ run: Onboarding, _ passed: [String: Int]) -> Strike? {
        guard run.state == .actionRequired || run.state == .failed, let step = run.currentStep?.kind else { return nil }
        let said: (operation: String, answer: JSONValue)? =
            switch (step, run.reason) {
            case (.inspectToken, .tokenInvalid):
                ("debug_token", ["data": ["is_valid": false, "scopes": .array([])]])
            case (.inspectToken, .tokenOfAnotherApp):
                ("debug_token", ["data": ["is_valid": true, "app_id": "1", "scopes": .array([])]])
            case (.overrideCallback, .callbackRefused): ("list_subscribed_apps", ["data": .array([])])
            case _: nil
            }
        guard let said, let count = passed[said.operation], count > 0 else { return nil }
        return Strike(operation: said.operation, skip: count - 1, effect: .answer(said.answer.text, 200, isJSON: true))
    }

    private static func expectation(of run: Onboarding, _ attempts: [StepAttempt]) -> String {
        let outcomes = run.steps.filter { $0.state != .pending }.map { "\($0.kind.rawValue) \($0.state.rawValue)" }
        var text = outcomes.joined(separator: ", ")
        if let currency = run.currency { text += "; asked with currency \(currency.rawValue)" }
        return text
    }
}

/// One thing that went wrong with calls of one operation.
private struct Strike {
    let operation: String
    /// Calls of it that went well before.
    let skip: Int
    let effect: Effect
    var times = 1

    func isRepeated(by other: Strike) -> Bool {
        operation == other.operation && skip == other.skip && effect == other.effect
    }

    var rule: JSONValue {
        var members = effect.members
        members["operation"] = .string(operation)
        members["times"] = .integer(Int64(times))
        if skip > 0 { members["skip"] = .integer(Int64(skip)) }
        return .object(members)
    }
}

/// What came of a call, as a rule of the simulator says it.
private enum Effect: Hashable {
    case refused(RecordedCall.Failure, isDone: Bool)
    case answer(String, Int, isJSON: Bool)
    /// The connection broke.
    case lost(isDone: Bool)

    /// Nil for what never left this server.
    init?(_ failure: RecordedCall.Failure, isDone: Bool) {
        switch failure.reach {
        case .notSent:
            // A connection that was refused; all else was held back by us.
            guard failure.code == nil, failure.message.hasPrefix("Meta gave no answer") else { return nil }
            self = .lost(isDone: false)
        case .unknown:
            guard let status = failure.httpStatus else {
                self = .lost(isDone: isDone)
                return
            }
            self = .answer("<html><body>502</body></html>", status, isJSON: false)
        case .answered:
            guard failure.code != nil else {
                self = .answer("<html><body>502</body></html>", failure.httpStatus ?? 502, isJSON: false)
                return
            }
            self = .refused(failure, isDone: isDone)
        }
    }

    var members: [String: JSONValue] {
        switch self {
        case .lost(let isDone): return ["drop": isDone ? "after" : "before"]
        case .answer(let body, let status, let isJSON):
            return [
                "body": .string(body), "status": .integer(Int64(status)),
                "content_type": isJSON ? "application/json" : "text/html",
            ]
        case .refused(let failure, let isDone):
            var members: [String: JSONValue] = ["message": .string(Self.nameless(failure.message))]
            members["code"] = failure.code.map { .integer(Int64($0)) }
            members["subcode"] = failure.subcode.map { .integer(Int64($0)) }
            members["status"] = failure.httpStatus.map { .integer(Int64($0)) }
            members["details"] = failure.details.map { .string(Self.nameless($0)) }
            if isDone { members["after_effect"] = true }
            return members
        }
    }

    /// Without numbers of five digits and more: ids and phone numbers.
    private static func nameless(_ text: String) -> String {
        var result = ""
        var digits = ""
        for character in text + "\u{0}" {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            result += digits.count >= 5 ? "0" : digits
            digits = ""
            result.append(character)
        }
        return String(result.dropLast())
    }
}
