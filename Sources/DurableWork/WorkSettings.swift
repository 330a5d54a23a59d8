// SPDX-License-Identifier: Apache-2.0

package struct WorkSettings: Sendable {
    /// Work done at once by this node.
    package var concurrency: Int
    /// How long a claim holds without renewal.
    package var lease: Duration
    /// How often a node says that it lives; also how often the dead are looked for.
    package var heartbeat: Duration
    /// Without a heartbeat for this long a node is dead.
    package var grace: Duration
    /// The backstop for lost wake-ups.
    package var poll: Duration
    /// After this many crashes work is given up.
    package var crashesMax: Int
    /// How long a shutdown waits for work under way.
    package var drain: Duration

    package init(
        concurrency: Int = 64, lease: Duration = .seconds(30), heartbeat: Duration = .seconds(1),
        grace: Duration = .seconds(5), poll: Duration = .seconds(1), crashesMax: Int = 5, drain: Duration = .seconds(20)
    ) {
        self.concurrency = concurrency
        self.lease = lease
        self.heartbeat = heartbeat
        self.grace = grace
        self.poll = poll
        self.crashesMax = crashesMax
        self.drain = drain
    }
}
