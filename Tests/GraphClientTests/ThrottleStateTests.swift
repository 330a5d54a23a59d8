// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Testing

/// Source: Meta, Graph API rate limiting: percentages, calls fail from 100 on.
@Suite struct ThrottleStateTests {
    private let start = Timestamp(seconds: 1_764_000_000)

    private func usage(_ percent: Int, minutes: Int = 0, key: String = "555") -> UsageReading {
        let entry = #"{"call_count":\#(percent),"estimated_time_to_regain_access":\#(minutes)}"#
        return UsageReading(headers: ["x-business-use-case-usage": #"{"\#(key)":[\#(entry)]}"#])
    }

    private func app(_ percent: Int) -> UsageReading {
        UsageReading(headers: ["x-app-usage": #"{"call_count":1,"total_time":\#(percent),"total_cputime":2}"#])
    }

    @Test(arguments: [
        (0, ThrottleState.Decision.go), (75, .go), (76, .slowDown(.milliseconds(76))),
        (80, .slowDown(.milliseconds(380))), (99, .slowDown(.milliseconds(1_824))), (100, .hold(.seconds(60))),
        (130, .hold(.seconds(60))),
    ])
    func `use of a limit becomes a pause`(percent: Int, expected: ThrottleState.Decision) {
        var state = ThrottleState()
        state.record(usage(percent), subject: "waba", limited: nil, retryAfter: nil, now: start)
        #expect(state.decision(subject: "waba", now: start) == expected)
        #expect(state.decision(subject: "555", now: start) == expected)
        #expect(state.decision(subject: "another", now: start) == .go)
        #expect(state.decision(subject: nil, now: start) == .go)
    }

    @Test func `the app's use slows everybody`() {
        var state = ThrottleState()
        state.record(app(90), subject: nil, limited: nil, retryAfter: nil, now: start)
        #expect(state.decision(subject: "any", now: start) == .slowDown(.milliseconds(1_140)))
        state.record(app(100), subject: nil, limited: nil, retryAfter: nil, now: start)
        #expect(state.decision(subject: nil, now: start) == .hold(.seconds(60)))
    }

    @Test func `a hold lasts as long as Meta says and then one call may try`() {
        var state = ThrottleState()
        state.record(usage(100, minutes: 19), subject: "waba", limited: .subject, retryAfter: .minutes(19), now: start)
        #expect(state.decision(subject: "waba", now: start) == .hold(.minutes(19)))
        #expect(state.decision(subject: "waba", now: start + .minutes(18)) == .hold(.minutes(1)))
        #expect(state.decision(subject: "waba", now: start + .minutes(19)) == .go)
    }

    @Test func `a limit error without headers holds its subject, code 4 everybody`() {
        var state = ThrottleState()
        state.record(UsageReading(), subject: "waba", limited: .subject, retryAfter: .seconds(60), now: start)
        #expect(state.decision(subject: "waba", now: start) == .hold(.seconds(60)))
        #expect(state.decision(subject: "other", now: start) == .go)
        state.record(UsageReading(), subject: "waba", limited: .app, retryAfter: .minutes(3), now: start)
        #expect(state.decision(subject: "other", now: start) == .hold(.minutes(3)))
    }

    @Test func `a lower reading ends the slowing, and an old one is forgotten`() {
        var state = ThrottleState()
        state.record(usage(95), subject: "waba", limited: nil, retryAfter: nil, now: start)
        #expect(state.decision(subject: "waba", now: start + .minutes(5)) == .go)
        state.record(usage(10), subject: "waba", limited: nil, retryAfter: nil, now: start)
        #expect(state.decision(subject: "waba", now: start) == .go)
    }

    @Test func `the highest entry counts and broken headers count for nothing`() {
        let reading = UsageReading(headers: [
            "x-app-usage": #"{"call_count":28,"total_time":25,"total_cputime":31}"#,
            "x-business-use-case-usage":
                #"{"1":[{"call_count":3},{"total_time":"64","estimated_time_to_regain_access":2}],"2":[{"call_count":9}]}"#,
        ])
        #expect(reading.appPercent == 31)
        #expect(reading.percentByKey == ["1": 64, "2": 9])
        #expect(reading.minutesToRegainAccess == 2)
        #expect(
            UsageReading(headers: ["x-app-usage": "nonsense", "x-business-use-case-usage": "[]"]) == UsageReading())
    }
}
