// SPDX-License-Identifier: Apache-2.0
import Domain
import PartnerWebhooks
import Testing

/// Gives the same bits for ever; 1 is the lowest choice of `random(in:)` that it does not draw again.
private struct FixedBits: RandomNumberGenerator {
    let bits: UInt64
    mutating func next() -> UInt64 { bits }
}

@Suite struct RetryScheduleTests {
    private let now = Timestamp(seconds: 784_111_777)
    private let schedule = RetrySchedule.standard

    /// Source: Standard Webhooks 1.0.0, suggested schedule: now, 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.
    @Test func `ten attempts span 75 hours and 35 minutes`() {
        #expect(schedule.attemptsMax == 10)
        #expect(schedule.delays.reduce(.zero, +) == .hours(75) + .minutes(35) + .seconds(5))
        var random = SystemRandomNumberGenerator()
        #expect(schedule.delay(afterAttempt: 10, now: now, using: &random) == nil)
        #expect(schedule.delay(afterAttempt: 0, now: now, using: &random) == nil)
    }

    @Test func `delays spread by a fifth to both sides and no further`() throws {
        var (lowest, any) = (FixedBits(bits: 1), SystemRandomNumberGenerator())
        for attempt in 1...9 {
            let base = schedule.delays[attempt - 1]
            #expect(schedule.delay(afterAttempt: attempt, now: now, using: &lowest) == base * 4 / 5)
            let delays = try (0..<200).map { _ in
                try #require(schedule.delay(afterAttempt: attempt, now: now, using: &any))
            }
            #expect(delays.allSatisfy { $0 >= base * 4 / 5 && $0 <= base * 6 / 5 })
            #expect(Set(delays).count > 20)
            #expect(delays.contains { $0 > base } && delays.contains { $0 < base })
        }
    }

    @Test(
        "a receiver's wish counts between the plan and its double, up to a day",
        arguments: [
            (2, 0, 240), (2, 239, 240), (2, 300, 300), (2, 480, 480), (2, 481, 480), (2, 999_999_999, 480),
            (8, 99_999, 86_400), (8, 60_000, 60_000), (8, 1, 57_600), (9, 86_400, 86_400), (9, 999_999, 86_400),
        ] as [(Int, Int64, Int64)])
    func retryAfter(attempt: Int, askedSeconds: Int64, expectedSeconds: Int64) {
        // The lowest spread plans 240 s after attempt 2, 57,600 s after 8 and 69,120 s after 9.
        var lowest = FixedBits(bits: 1)
        let delay = schedule.delay(
            afterAttempt: attempt, retryAfter: .seconds(askedSeconds), now: now, using: &lowest)
        #expect(delay == .seconds(expectedSeconds))
    }

    @Test func `a plan that is longer than a day is not shortened by a wish`() throws {
        var any = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let delay = try #require(schedule.delay(afterAttempt: 9, retryAfter: .seconds(1), now: now, using: &any))
            #expect(delay >= .hours(24) * 4 / 5 && delay <= .hours(24) * 6 / 5)
        }
    }

    /// Source: RFC 9110, sections 5.6.7 and 10.2.3.
    @Test(
        "retry-after is read as seconds or as a date",
        arguments: [
            ("120", .seconds(120)), (" 120 ", .seconds(120)), ("0", .seconds(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", .date(Timestamp(seconds: 784_111_777))),
            ("Thu, 01 Jan 1970 00:00:00 GMT", .date(Timestamp(seconds: 0))),
            ("Thu, 29 Feb 2024 23:59:59 GMT", .date(Timestamp(seconds: 1_709_251_199))),
            ("", nil), ("-1", nil), ("1.5", nil), ("soon", nil), ("9999999999999999999999", nil),
            ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sunday, 06-Nov-94 08:49:37 GMT", nil),
            ("Sun, 06 Foo 1994 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 25:49:37 GMT", nil),
            ("Sun, 6 Nov 1994 08:49:37 GMT", nil),
        ] as [(String, RetryAfter?)])
    func header(text: String, expected: RetryAfter?) {
        #expect(RetryAfter(text) == expected)
    }

    @Test func `a date counts from now, and one in the past asks for nothing`() {
        #expect(RetryAfter.date(now + .seconds(90)).wait(from: now) == .seconds(90))
        #expect(RetryAfter.date(now - .seconds(90)).wait(from: now) == .zero)
    }
}
