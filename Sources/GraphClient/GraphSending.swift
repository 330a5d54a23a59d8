// SPDX-License-Identifier: Apache-2.0
package import Domain

/// What the rest of the house calls Meta through.
package protocol GraphSending: Sendable {
    /// Sends once and returns the decoded answer. A cancelled task gets a transient error with the reach it had.
    func send<R: GraphRequest>(_ request: R) async throws(GraphError) -> R.Response

    /// How much of the app's hourly limit is used, in percent, as Meta last said; nil when it said nothing lately.
    var appUsagePercent: Int? { get }
}

extension GraphSending {
    package var appUsagePercent: Int? { nil }
}
