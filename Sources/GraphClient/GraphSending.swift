// SPDX-License-Identifier: Apache-2.0
package import Domain

/// What the rest of the house calls Meta through.
package protocol GraphSending: Sendable {
    /// Sends once and returns the decoded answer. A cancelled task gets a transient error with the reach it had.
    func send<R: GraphRequest>(_ request: R) async throws(GraphError) -> R.Response
}
