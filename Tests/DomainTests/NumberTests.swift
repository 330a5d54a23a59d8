// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

/// Source: Meta, registration: 10 requests per number in 72 hours; error codes.
@Suite struct NumberTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Hours ago, oldest first.
        let calls: [Int]
        var lockedHours: Int?
        let used: Int
        let left: Int
        /// From now.
        let allowedInHours: Int?
    }

    static let rows = [
        Row(testDescription: "unused", calls: [], used: 0, left: 10, allowedInHours: nil),
        Row(testDescription: "nine", calls: Array(repeating: 1, count: 9), used: 9, left: 1, allowedInHours: nil),
        Row(
            testDescription: "ten at once", calls: Array(repeating: 1, count: 10), used: 10, left: 0, allowedInHours: 71
        ),
        Row(
            testDescription: "the oldest counted one frees the next", calls: Array((1...10).reversed()), used: 10,
            left: 0,
            allowedInHours: 62),
        Row(
            testDescription: "exactly 72 hours ago no longer counts", calls: [72] + Array(repeating: 1, count: 9),
            used: 9,
            left: 1, allowedInHours: nil),
        Row(
            testDescription: "more than ten wait for the tenth newest",
            calls: [70, 60] + Array(repeating: 5, count: 9),
            used: 11, left: 0, allowedInHours: 12),
        Row(testDescription: "Meta's lock", calls: [1], lockedHours: 30, used: 1, left: 0, allowedInHours: 30),
        Row(testDescription: "a lock that is over", calls: [1], lockedHours: -1, used: 1, left: 9, allowedInHours: nil),
        Row(
            testDescription: "the later of window and lock counts", calls: Array(repeating: 70, count: 10),
            lockedHours: 40,
            used: 10, left: 0, allowedInHours: 40),
    ]

    @Test("ten calls in 72 hours", arguments: rows)
    func budget(row: Row) {
        let budget = NumberBudget(
            .registration, calls: row.calls.map { Self.now - .hours($0) },
            lockedUntil: row.lockedHours.map { Self.now + .hours($0) }, at: Self.now)
        let allowed = row.allowedInHours.map { Self.now + .hours($0) }
        #expect(budget.used == row.used)
        #expect(budget.left == row.left)
        #expect(budget.nextAllowedAt == allowed)
        #expect(budget.refusal?.reason == allowed.map { _ in .tooManyRegistrations })
        #expect(budget.refusal?.nextAllowedAt == allowed)
        #expect(budget.refusal?.error?.reach != .answered)
    }

    static let answers: [(String, Int, Int?, NumberRefusal.Reason?)] = [
        ("register", 133_005, nil, .pinMismatch), ("register", 133_006, nil, .notVerified),
        ("register", 133_008, nil, .tooManyPINGuesses), ("register", 133_009, nil, .tooManyPINGuesses),
        ("register", 133_015, nil, .recentlyDeleted), ("register", 133_016, nil, .tooManyRegistrations),
        ("deregister", 133_016, nil, .tooManyRegistrations), ("register", 133_000, nil, .deregistrationIncomplete),
        ("deregister", 133_010, nil, .notRegistered), ("register", 133_010, nil, nil),
        ("deregister", 100, 2_207_051, .usedInBusinessApp), ("deregister", 100, 33, nil),
        ("request_code", 136_024, nil, .alreadyVerified), ("verify_code", 136_025, nil, .wrongCode),
        // Splashify documents this one for registrations, with another meaning.
        ("register", 136_025, nil, nil), ("add_phone_number", 2_388_103, nil, .notAddable),
        ("add_phone_number", 100, 2_388_012, .notAddable), ("add_phone_number", 100, nil, nil),
        ("register", 190, nil, nil),
    ]

    @Test("Meta's codes in the number's terms", arguments: answers)
    func meaning(operation: String, code: Int, subcode: Int?, reason: NumberRefusal.Reason?) {
        let error = GraphError(
            class: .wait, reach: .answered, operation: operation, httpStatus: 400, code: code, subcode: subcode,
            message: "(#\(code))", retryAfter: .minutes(5))
        let refusal = NumberRefusal(error, at: Self.now)
        #expect(refusal?.reason == reason)
        #expect(refusal?.nextAllowedAt == reason.map { _ in Self.now + .minutes(5) })
    }

    @Test func `an answer that never came says nothing of the number`() {
        let lost = GraphError(
            class: .wait, reach: .unknown, operation: "register", code: 133_005, message: "no complete answer")
        #expect(NumberRefusal(lost, at: Self.now) == nil)
    }

    static let stages: [(Duration, Int)] = [
        (.days(10), 0), (.days(3) + .milliseconds(1), 0), (.days(3), 1), (.days(2), 1), (.days(1), 2), (.hours(1), 2),
        (.zero, 3), (.days(-5), 3),
    ]

    @Test("a deadline's stages begin on time", arguments: stages)
    func stage(left: Duration, stage: Int) {
        #expect(Deadline.registration.stage(of: Self.now + left, at: Self.now) == stage)
    }

    /// Source: Meta, Embedded Signup: 10 new customers in rolling 7 days, 200 after verification.
    static let arrivals: [(max: Int, daysAgo: [Int], used: Int, left: Int, allowedInDays: Int?)] = [
        (10, [], 0, 10, nil), (10, Array(repeating: 1, count: 9), 9, 1, nil),
        (10, [6] + Array(repeating: 1, count: 9), 10, 0, 1), (10, [7] + Array(repeating: 1, count: 9), 9, 1, nil),
        (200, Array(repeating: 1, count: 10), 10, 190, nil), (1, [5, 2], 2, 0, 5),
    ]

    @Test("new customers of an app", arguments: arrivals)
    func customers(max: Int, daysAgo: [Int], used: Int, left: Int, allowedInDays: Int?) {
        let budget = CustomerBudget(max: max, arrivals: daysAgo.map { Self.now - .days($0) }, at: Self.now)
        #expect(budget.used == used)
        #expect(budget.left == left)
        #expect(budget.nextAllowedAt == allowedInDays.map { Self.now + .days($0) })
    }

    static let warnings: [(max: Int, used: Int, PlanWarning.Kind?)] = [
        (10, 0, nil), (10, 7, nil), (10, 8, .customerBudgetLow), (10, 9, .customerBudgetLow),
        (10, 10, .customerBudgetExhausted), (10, 11, .customerBudgetExhausted), (200, 159, nil),
        (200, 160, .customerBudgetLow), (1, 0, nil), (1, 1, .customerBudgetExhausted),
    ]

    @Test("a signup is planned with a warning from four fifths on, and without numbers", arguments: warnings)
    func customersWarned(max: Int, used: Int, kind: PlanWarning.Kind?) {
        let came = Self.now - .days(2)
        let warning = CustomerBudget(max: max, arrivals: Array(repeating: came, count: used), at: Self.now).warning
        #expect(warning?.kind == kind)
        #expect(warning?.allowedAt == (kind == .customerBudgetExhausted ? came + CustomerBudget.window : nil))
        if let date = warning?.allowedAt { #expect(warning?.remedy.text.contains("before \(date).") == true) }
        #expect(warning?.remedy.text.contains(" \(used) ") != true)
    }
}
