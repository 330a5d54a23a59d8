// SPDX-License-Identifier: Apache-2.0
import Domain
import OnboardingRunner

enum OnboardingSettingsFixture {
    /// Few looks until the give-up date.
    static let slowPolls = OnboardingSettings(sharePoll: .days(3))
    /// Gives up after three failed tries.
    static let impatient = OnboardingSettings(retry: RetryPolicy(attemptsMax: 3))
}
