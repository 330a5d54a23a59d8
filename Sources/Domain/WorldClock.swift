// SPDX-License-Identifier: Apache-2.0

/// The time of one world. The live world's is the machine's; the test world's can be advanced; tests drive one by hand.
package protocol WorldClock: Sendable {
    func now() -> Timestamp
    /// Returns when `deadline` is reached on this clock, or at once when the task is cancelled (throwing) or the clock is moved past it.
    func sleep(until deadline: Timestamp) async throws
}

extension WorldClock {
    package func sleep(for duration: Duration) async throws { try await sleep(until: now() + duration) }
}
