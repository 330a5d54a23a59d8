// SPDX-License-Identifier: Apache-2.0

/// How fast a number may send. Kept in memory only: the windows are seconds long.
/// Source: Meta, throughput (80 messages a second, 20 with the business app) and about the platform (one message in
/// 6 seconds to the same user, with a burst of 45).
struct MessageRates: Sendable {
    private struct Second: Sendable {
        var number: Int64
        var messages: Int
    }

    private var seconds: [String: Second] = [:]
    /// When each pair's debt is paid off.
    private var debts: [String: Milliseconds] = [:]
    static let pairInterval: Milliseconds = 6000
    static let pairBurst: Milliseconds = 45
    private static let mostPairs = 100_000

    enum Verdict: Sendable { case allowed, tooFast, tooManyToOne }

    /// Counts a message that is let through.
    mutating func admit(_ phoneNumberID: String, to recipient: String, perSecond: Int, at now: Milliseconds) -> Verdict
    {
        let number = now / 1000
        var second = seconds[phoneNumberID] ?? Second(number: number, messages: 0)
        if second.number != number { second = Second(number: number, messages: 0) }
        guard second.messages < perSecond else { return .tooFast }
        let pair = "\(phoneNumberID)/\(recipient)"
        let debt = max(debts[pair] ?? 0, now)
        guard debt - now < Self.pairInterval * Self.pairBurst else { return .tooManyToOne }
        if debts.count >= Self.mostPairs { debts = debts.filter { $0.value > now } }
        debts[pair] = debt + Self.pairInterval
        second.messages += 1
        seconds[phoneNumberID] = second
        return .allowed
    }
}
