// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

@Suite("Time")
struct TimestampTests {
    @Test(
        "Prints RFC 3339 in UTC. Source: date(1) of GNU coreutils",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_764_000_000_123, "2025-11-24T16:00:00.123Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (4_107_456_000_000, "2100-02-28T00:00:00.000Z"),
            (1_735_689_599_000, "2024-12-31T23:59:59.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (-86_400_000, "1969-12-31T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func printing(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    @Test("Whole seconds are rounded down on both sides of the epoch")
    func wholeSeconds() {
        #expect(Timestamp(milliseconds: 1999).seconds == 1)
        #expect(Timestamp(milliseconds: -1).seconds == -1)
        #expect(Timestamp(milliseconds: -1000).seconds == -1)
        #expect(Timestamp(milliseconds: -1001).seconds == -2)
    }

    @Test("Durations and moments add up")
    func arithmetic() {
        let start = Timestamp(seconds: 1_764_000_000)
        #expect(start + .days(14) - start == .seconds(14 * 86_400))
        #expect((start - .minutes(3)) < start)
        #expect(Duration.hours(72).milliseconds == 259_200_000)
        #expect(Duration.milliseconds(-1500).milliseconds == -1500)
    }

    @Test("A sleeper of the advanced clock wakes at once", .timeLimit(.minutes(1)))
    func advancing() async throws {
        let clock = SystemClock()
        let start = clock.now()
        let deadline = start + .hours(72)
        async let slept: Void = clock.sleep(until: deadline)
        clock.advance(by: .hours(73))
        try await slept
        #expect(clock.now() >= deadline)
    }

    @Test("A cancelled sleeper throws", .timeLimit(.minutes(1)))
    func cancellation() async {
        let clock = SystemClock()
        let sleeper = Task { try await clock.sleep(for: .days(1)) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test("A ring while nobody waits is kept, many count once", .timeLimit(.minutes(1)))
    func doorbell() async {
        let (bell, clock) = (Doorbell(), SystemClock())
        bell.ring()
        bell.ring()
        await bell.wait(until: clock.now() + .days(1), on: clock)
        let second = Task { await bell.wait(until: clock.now() + .hours(1), on: clock) }
        clock.advance(by: .hours(2))
        second.cancel()
        await second.value
    }
}
