// SPDX-License-Identifier: Apache-2.0
package import Domain

/// A named moment of an onboarding at which a process may die. Crash tests visit every one.
package struct Checkpoint: Hashable, Sendable, CustomStringConvertible {
    package enum Phase: String, Sendable, CaseIterable {
        case beforeIntent = "before_intent"
        case afterIntent = "after_intent"
        /// Meta has answered, nothing is written yet.
        case afterEffect = "after_effect"
        case afterCommit = "after_commit"
    }

    package let step: StepKind
    package let phase: Phase

    package init(step: StepKind, phase: Phase) {
        self.step = step
        self.phase = phase
    }

    package init?(_ name: String) {
        let parts = name.split(separator: ".")
        guard parts.count == 2, let step = StepKind(rawValue: String(parts[0])),
            let phase = Phase(rawValue: String(parts[1]))
        else { return nil }
        self.init(step: step, phase: phase)
    }

    package var description: String { "\(step.rawValue).\(phase.rawValue)" }

    /// Every point that a run of these steps passes.
    package static func all(in steps: [StepKind]) -> [Checkpoint] {
        steps.flatMap { step in Phase.allCases.map { Checkpoint(step: step, phase: $0) } }
    }
}

/// Told of every checkpoint; the run goes on when it has returned.
package struct CheckpointObserver: Sendable {
    package let reach: @Sendable (Checkpoint) async -> Void

    package init(_ reach: @escaping @Sendable (Checkpoint) async -> Void) { self.reach = reach }

    package static let none = CheckpointObserver { _ in }
}
