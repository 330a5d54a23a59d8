// SPDX-License-Identifier: Apache-2.0
package import Domain

/// What Meta's usage headers and limit errors allow next. Pure: answers in, decisions out.
package struct ThrottleState: Sendable {
    package enum Decision: Sendable, Hashable {
        case go
        /// Wait this long first, under two seconds.
        case slowDown(Duration)
        /// Do not call before this much has passed.
        case hold(Duration)
    }

    private struct Reading: Sendable {
        var percent: Int
        var at: Timestamp
        var heldUntil: Timestamp?
    }

    private static let slowFromPercent = 75
    private static let longestPause = Duration.milliseconds(1_900)
    private static let defaultHold = Duration.seconds(60)
    /// Meta counts over a rolling hour; an older reading says little, and every answer brings a new one.
    private static let readingLifetime = Duration.minutes(5)
    private static let maximumKeys = 20_000

    private var app: Reading?
    private var subjects: [String: Reading] = [:]

    package init() {}

    package func decision(subject: String?, now: Timestamp) -> Decision {
        let readings = [app, subject.flatMap { subjects[$0] }].compactMap { $0 }
        let held = readings.compactMap(\.heldUntil).max()
        if let held, held > now { return .hold(held - now) }
        let fresh = readings.filter { $0.at + Self.readingLifetime > now }
        guard let percent = fresh.map(\.percent).max(), percent > Self.slowFromPercent else { return .go }
        let share = Double(min(percent, 100) - Self.slowFromPercent) / Double(100 - Self.slowFromPercent)
        return .slowDown(.milliseconds(Int64(Double(Self.longestPause.milliseconds) * share)))
    }

    /// As Meta last said, while that is fresh or a hold stands.
    package func appPercent(now: Timestamp) -> Int? {
        guard let app else { return nil }
        if let held = app.heldUntil, held > now { return max(app.percent, 100) }
        return app.at + Self.readingLifetime > now ? app.percent : nil
    }

    /// Takes in one answer: its usage headers, and its error where the table says that further calls are refused too.
    package mutating func record(
        _ usage: UsageReading, subject: String?, limited: GraphErrorTable.LimitScope?, retryAfter: Duration?,
        now: Timestamp
    ) {
        let regain: Duration? = usage.minutesToRegainAccess > 0 ? .minutes(usage.minutesToRegainAccess) : nil
        let wait = regain ?? retryAfter ?? Self.defaultHold
        if let percent = usage.appPercent {
            app = Reading(
                percent: percent, at: now, heldUntil: percent >= 100 ? now + Self.defaultHold : app?.heldUntil)
        }
        for (key, percent) in usage.percentByKey { note(key, percent: percent, wait: wait, now: now) }
        if let subject, let percent = usage.highestKeyPercent { note(subject, percent: percent, wait: wait, now: now) }
        switch limited {
        case .app: app = Reading(percent: app?.percent ?? 100, at: now, heldUntil: now + wait)
        case .subject: if let subject { note(subject, percent: 100, wait: wait, now: now) }
        case nil: break
        }
    }

    private mutating func note(_ key: String, percent: Int, wait: Duration, now: Timestamp) {
        if subjects.count >= Self.maximumKeys, subjects[key] == nil { forget(now) }
        let held = percent >= 100 ? now + wait : subjects[key]?.heldUntil
        subjects[key] = Reading(percent: percent, at: now, heldUntil: held)
    }

    /// Frees memory: first what no longer matters, then everything but the holds.
    private mutating func forget(_ now: Timestamp) {
        subjects = subjects.filter { ($0.value.heldUntil ?? now) > now || $0.value.at + Self.readingLifetime > now }
        guard subjects.count >= Self.maximumKeys else { return }
        subjects = subjects.filter { ($0.value.heldUntil ?? now) > now }
        if subjects.count >= Self.maximumKeys { subjects = [:] }
    }
}
