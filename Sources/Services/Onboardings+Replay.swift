// SPDX-License-Identifier: Apache-2.0
package import Domain

extension Onboardings {
    /// The run as a scenario of the simulator in which it goes the same way; without anything that is secret or somebody's.
    package func replay(_ id: OnboardingID, for principal: Principal) async throws -> SimulatorScenario {
        let found = try await find(id, for: principal)
        return Replay.scenario(of: found.onboarding, attempts: found.attempts)
    }
}
