// SPDX-License-Identifier: Apache-2.0
package import Domain

package struct ReconcilingSettings: Sendable {
    /// WABAs of Meta's lists in one turn; Meta gives at most 100.
    package var listPage: Int
    /// Records compared, or rows imported, in one turn: one transaction.
    package var recordPage: Int
    /// WABAs asked about at once.
    package var lanes: Int
    /// From this share of the app's hourly limit on the work waits: onboardings come first.
    package var usageLimitPercent: Int
    package var usagePause: Duration
    package var retry: RetryPolicy
    /// Turns in a row that Meta did not serve before a run is ended.
    package var failuresMax: Int
    /// Turns in a row before WABAs that Meta does not answer about are passed over.
    package var patience: Int
    package var rules: DriftRules
    /// How often a reconciliation begins by itself; nil for never.
    package var period: Duration?
    /// Whether those repair.
    package var periodRepairs: Bool
    /// How long ended ones are kept.
    package var keptFor: Duration

    package init(
        listPage: Int = 100, recordPage: Int = 20, lanes: Int = 8, usageLimitPercent: Int = 50,
        usagePause: Duration = .seconds(60), retry: RetryPolicy = RetryPolicy(), failuresMax: Int = 20,
        patience: Int = 5, rules: DriftRules = DriftRules(), period: Duration? = nil, periodRepairs: Bool = false,
        keptFor: Duration = .days(30)
    ) {
        self.listPage = listPage
        self.recordPage = recordPage
        self.lanes = lanes
        self.usageLimitPercent = usageLimitPercent
        self.usagePause = usagePause
        self.retry = retry
        self.failuresMax = failuresMax
        self.patience = patience
        self.rules = rules
        self.period = period
        self.periodRepairs = periodRepairs
        self.keptFor = keptFor
    }
}
