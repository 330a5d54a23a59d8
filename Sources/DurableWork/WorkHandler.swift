// SPDX-License-Identifier: Apache-2.0
package import Store

/// Does one kind of work. It settles the claim itself (`finish` or `reschedule`), in the transaction that records its result.
package protocol WorkHandler: Sendable {
    /// Stored with the work: never rename.
    var kind: String { get }

    /// A throw puts the work back with backoff and counts as a crash; ``LostClaim`` is dropped.
    func run(_ work: ClaimedWork) async throws

    /// The work crashed too often: make it visible and finish it.
    func giveUp(_ work: ClaimedWork) async throws
}
