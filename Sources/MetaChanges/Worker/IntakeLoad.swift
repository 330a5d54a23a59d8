// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// How many of Meta's requests wait for the disk at this moment. Meta must have its 200 before anything else, so applying
/// gives way while many wait; it never stops, or what was acknowledged would pile up for good.
package final class IntakeLoad: Sendable {
    /// Meta's 4,000 a second, stored within a few milliseconds, keep about 16 waiting. Source: DESIGN section 7.
    static let high = 16
    /// Rest for each time of work inside a transaction; its commit, reading and claiming cost about as much again.
    private static let share: Int64 = 32
    /// What one transaction applies while many wait: each of them waits for all of it.
    private static let unitsUnderLoad = 10
    private static let pauseMax: Duration = .milliseconds(250)

    private let waiting = Atomic<Int>(0)
    private let workedNanoseconds = Atomic<Int64>(0)

    package init() {}

    package func enter() { waiting.add(1, ordering: .relaxed) }
    package func leave() { waiting.subtract(1, ordering: .relaxed) }

    /// The database's writer was busy for so long with applying. Waiting for the disk does not count: nobody else is kept
    /// from the writer by that, and on a slow disk applying would starve.
    func note(worked: Duration) {
        let (seconds, attoseconds) = worked.components
        workedNanoseconds.add(seconds * 1_000_000_000 + attoseconds / 1_000_000_000, ordering: .relaxed)
    }

    private var isHigh: Bool { waiting.load(ordering: .relaxed) >= Self.high }

    /// How many units one transaction may apply now.
    var unitsMax: Int { isHigh ? Self.unitsUnderLoad : ChangeChunk.unitsMax }

    /// How long to rest for what was noted since the last time.
    func pause() -> Duration {
        let worked = workedNanoseconds.exchange(0, ordering: .relaxed)
        guard isHigh else { return .zero }
        return min(.nanoseconds(worked * Self.share), Self.pauseMax)
    }
}
