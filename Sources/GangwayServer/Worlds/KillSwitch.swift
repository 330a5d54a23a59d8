// SPDX-License-Identifier: Apache-2.0
import OnboardingRunner

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Dies by SIGKILL at one checkpoint: nothing is flushed, nothing is caught. For crash tests.
enum KillSwitch {
    static func observer(for name: String?) throws -> CheckpointObserver {
        guard let name else { return .none }
        guard let fatal = Checkpoint(name) else {
            throw SettingsError(description: "crash-at must be STEP.PHASE, not \(name)")
        }
        return CheckpointObserver { reached in
            if reached == fatal { kill(getpid(), SIGKILL) }
        }
    }
}
