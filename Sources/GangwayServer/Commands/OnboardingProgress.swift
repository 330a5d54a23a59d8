// SPDX-License-Identifier: Apache-2.0
package import GangwayClient

/// An onboarding's steps as they happen: a block that is redrawn on a terminal, otherwise a line for each change.
package struct OnboardingProgress: Sendable {
    private let isTerminal: Bool
    private var states: [String: String] = [:]
    private var blockHeight = 0

    package init(isTerminal: Bool) { self.isTerminal = isTerminal }

    /// What to write for an answer of the server; empty when no step has moved.
    package mutating func text(for onboarding: OnboardingView) -> String {
        let changed = onboarding.steps.filter { states.updateValue($0.state, forKey: $0.kind) != $0.state }
        guard isTerminal else {
            return changed.filter { $0.state != "pending" }.map { Self.line($0) + "\n" }.joined()
        }
        guard !changed.isEmpty else { return "" }
        // Source: ECMA-48, CUU (up) and EL (erase to the end of the line).
        let up = blockHeight > 0 ? "\u{1B}[\(blockHeight)A" : ""
        blockHeight = onboarding.steps.count
        return up + onboarding.steps.map { "\(Self.mark($0.state)) \(Self.line($0))\u{1B}[K\n" }.joined()
    }

    private static func line(_ step: StepView) -> String {
        let line = "\(step.kind.padded(to: 28)) \(step.state.padded(to: 15)) \(note(step))"
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    private static func note(_ step: StepView) -> String {
        switch step.state {
        case "done": StepTime.milliseconds(from: step.startedAt, to: step.finishedAt).map { "\($0) ms" } ?? ""
        case "running": step.attempt > 1 ? "attempt \(step.attempt)" : ""
        case "waiting": step.dueAt.map { "until \($0) at the latest" } ?? ""
        default: step.reason ?? ""
        }
    }

    private static func mark(_ state: String) -> String {
        switch state {
        case "done": "✓"
        case "skipped": "–"
        case "running", "waiting": "…"
        case "action_required", "unknown": "!"
        case "failed": "✗"
        default: "·"
        }
    }
}
