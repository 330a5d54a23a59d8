// SPDX-License-Identifier: Apache-2.0

/// Stored and shown: never rename.
package enum OnboardingState: String, Sendable, Codable, CaseIterable {
    case running
    case waiting
    case actionRequired = "action_required"
    case live
    case failed
    case cancelled
    case offboarded

    /// Whether the run may still move: at most one such onboarding per WABA.
    package var isOpen: Bool {
        switch self {
        case .running, .waiting, .actionRequired: true
        case .live, .failed, .cancelled, .offboarded: false
        }
    }
}

/// Stored and shown: never rename.
package enum StepState: String, Sendable, Codable, CaseIterable {
    case pending
    case running
    /// An intent without a result: settled by reading Meta, never by blind repeat.
    case unknown
    case waiting
    case actionRequired = "action_required"
    case done
    case skipped
    case failed

    package var isFinished: Bool {
        switch self {
        case .done, .skipped: true
        case .pending, .running, .unknown, .waiting, .actionRequired, .failed: false
        }
    }
}
