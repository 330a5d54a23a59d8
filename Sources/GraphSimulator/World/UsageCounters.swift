// SPDX-License-Identifier: Apache-2.0

/// Calls per WABA and hour. Source: Meta, rate limiting (headers in percent) and about the platform (limits).
struct UsageCounters: Sendable {
    struct Reading: Sendable {
        var id: String
        var percent: Int
        /// 0 while calls are let through.
        var minutesToRegain: Int
    }

    private struct Window: Sendable {
        var startedAt: Milliseconds
        var calls: Int

        /// One over the limit is not counted.
        mutating func count(limit: Int, at now: Milliseconds) -> (window: Window, isOver: Bool) {
            if now - startedAt >= UsageCounters.hour { self = Window(startedAt: now, calls: 0) }
            let isOver = calls >= limit
            if !isOver { calls += 1 }
            return (self, isOver)
        }
    }

    private struct Key: Hashable, Sendable {
        var appID: String
        var id: String
        var usageClass: UsageClass
    }

    private var windows: [Key: Window] = [:]
    private(set) var appCalls = 0
    private var appWindowStart: Milliseconds = 0
    private let limits: SimulatorConfiguration.CallLimits
    private static let hour: Milliseconds = 3_600_000

    init(limits: SimulatorConfiguration.CallLimits) { self.limits = limits }

    /// Counts a call of the app; true when it is one too many, which is not counted.
    mutating func countAppCall(limit: Int, at now: Milliseconds) -> Bool {
        if now - appWindowStart >= Self.hour {
            appWindowStart = now
            appCalls = 0
        }
        guard appCalls < limit else { return true }
        appCalls += 1
        return false
    }

    func appPercent(limit: Int, at now: Milliseconds) -> Int {
        guard now - appWindowStart < Self.hour else { return 0 }
        return min(100, appCalls * 100 / max(1, limit))
    }

    /// Counts a call that is let through; one over the limit is refused and not counted.
    mutating func charge(
        _ id: String, _ usageClass: UsageClass, ofApp appID: String, isActive: Bool, at now: Milliseconds
    ) -> (reading: Reading, isOver: Bool) {
        let key = Key(appID: appID, id: id, usageClass: usageClass)
        let limit = max(1, limit(usageClass, isActive: isActive))
        let (window, isOver) = windows[key, default: Window(startedAt: now, calls: 0)].count(limit: limit, at: now)
        let percent = isOver ? 100 : min(99, window.calls * 100 / limit)
        let minutes = isOver ? max(1, Int((window.startedAt + Self.hour - now + 59_999) / 60_000)) : 0
        return (Reading(id: id, percent: percent, minutesToRegain: minutes), isOver)
    }

    /// Windows that are over count for nothing.
    mutating func prune(at now: Milliseconds) {
        windows = windows.filter { now - $0.value.startedAt < Self.hour }
    }

    private func limit(_ usageClass: UsageClass, isActive: Bool) -> Int {
        switch usageClass {
        case .management: isActive ? limits.active : limits.beforeRegistration
        case .credit: limits.credit
        }
    }
}
