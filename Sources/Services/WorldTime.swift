// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// The clock of a world that may be moved: the test world's. Its timers and the simulator go forward together.
package struct WorldTime: Sendable {
    package struct Reading: Sendable, Hashable {
        package let now: Timestamp
        /// How far it is ahead of the machine's clock.
        package let offset: Duration
    }

    /// The simulator could not be moved: nothing was.
    package struct SandboxFailure: Error {
        package let reason: String

        package init(reason: String) { self.reason = reason }
    }

    /// Ten years: nobody needs more at once, and times stay printable.
    package static let stepMax: Duration = .days(3660)

    private let store: Store
    private let clock: SystemClock
    private let moveSandbox: @Sendable (_ step: Duration, _ offset: Duration) async throws(SandboxFailure) -> Void

    /// `moveSandbox` moves the simulator by a step, and to no less than an offset.
    package init(
        store: Store, clock: SystemClock,
        moveSandbox: @escaping @Sendable (_ step: Duration, _ offset: Duration) async throws(SandboxFailure) -> Void
    ) {
        self.store = store
        self.clock = clock
        self.moveSandbox = moveSandbox
    }

    package func reading(for principal: Principal) throws(ServiceError) -> Reading {
        try principal.requireOperator()
        return Reading(now: clock.now(), offset: clock.offset)
    }

    /// The simulator first: what Gangway then does at once must find it in the same time.
    package func advance(by step: Duration, by principal: Principal) async throws -> Reading {
        try principal.requireOperator()
        guard step > .zero, step <= Self.stepMax else {
            throw ServiceError.invalid(
                field: "advance_seconds", message: "must be from 1 to \(Self.stepMax.milliseconds / 1000)")
        }
        try await moveSandbox(step, try await store.read { try $0.worldClock.offset() } + step)
        let offset = try await store.write { tx in
            let offset = try tx.worldClock.advance(by: step)
            try tx.activities.record(
                partner: nil, actor: principal.actor, action: "clock.advanced", target: "\(step.milliseconds / 1000)")
            return offset
        }
        clock.advance(to: offset)
        return Reading(now: clock.now(), offset: offset)
    }

    /// Takes over what is stored: at a start, and when another node moved the clock.
    package func follow() async throws { clock.advance(to: try await store.read { try $0.worldClock.offset() }) }
}
