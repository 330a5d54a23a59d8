// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Testing

/// Source: Meta, support/error-codes, 2026-05-15, every code with its HTTP status, and what Gangway makes of it.
@Suite struct GraphErrorTableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let code: Int
        let status: Int
        let expected: GraphError.Class
        var wait: Duration?

        var testDescription: String { "\(code) under \(status)" }

        init(_ code: Int, _ status: Int, _ expected: GraphError.Class, wait: Duration? = nil) {
            self.code = code
            self.status = status
            self.expected = expected
            self.wait = wait
        }
    }

    private static let access: [Row] = [
        Row(0, 401, .needsPerson), Row(190, 401, .needsPerson), Row(190, 400, .needsPerson),
        Row(3, 500, .needsPerson), Row(10, 403, .needsPerson), Row(200, 403, .needsPerson),
        Row(210, 403, .needsPerson), Row(299, 403, .needsPerson), Row(131_005, 403, .needsPerson),
        Row(100, 400, .permanent), Row(33, 400, .permanent), Row(104, 401, .permanent), Row(803, 404, .permanent),
        Row(2500, 400, .permanent), Row(368, 403, .needsPerson), Row(131_031, 403, .needsPerson),
        Row(130_497, 403, .permanent),
    ]

    private static let limits: [Row] = [
        Row(1, 400, .transient), Row(2, 503, .transient), Row(131_057, 500, .transient),
        Row(131_000, 500, .transient), Row(131_016, 500, .transient), Row(133_004, 503, .transient),
        Row(4, 400, .wait, wait: .seconds(60)), Row(17, 400, .wait, wait: .seconds(60)),
        Row(32, 400, .wait, wait: .seconds(60)), Row(341, 400, .wait, wait: .seconds(60)),
        Row(613, 400, .wait, wait: .seconds(60)), Row(80_007, 400, .wait, wait: .seconds(60)),
        Row(80_007, 429, .wait, wait: .seconds(60)), Row(80_008, 400, .wait, wait: .seconds(60)),
        Row(130_429, 400, .wait, wait: .seconds(5)), Row(131_056, 400, .wait, wait: .seconds(4)),
        Row(131_064, 400, .wait, wait: .seconds(60)), Row(131_048, 400, .needsPerson),
        Row(131_049, 400, .wait, wait: .hours(24)), Row(133_016, 400, .wait, wait: .hours(72)),
        Row(2_494_100, 400, .wait, wait: .minutes(10)),
    ]

    private static let messages: [Row] = [
        Row(131_008, 400, .permanent), Row(131_009, 400, .permanent), Row(131_021, 400, .permanent),
        Row(131_026, 400, .permanent), Row(131_030, 400, .needsPerson), Row(131_037, 400, .needsPerson),
        Row(131_042, 400, .needsPerson), Row(131_045, 500, .needsPerson), Row(131_047, 400, .permanent),
        Row(131_050, 400, .permanent), Row(131_051, 400, .permanent), Row(131_052, 400, .permanent),
        Row(131_053, 400, .permanent), Row(131_059, 400, .permanent), Row(131_060, 400, .permanent),
        Row(131_062, 400, .permanent), Row(132_000, 400, .permanent), Row(132_001, 404, .permanent),
        Row(132_005, 400, .permanent), Row(132_007, 400, .permanent), Row(132_012, 400, .permanent),
        Row(132_015, 400, .permanent), Row(132_016, 400, .permanent), Row(132_068, 400, .permanent),
        Row(132_069, 400, .permanent), Row(134_011, 400, .needsPerson), Row(135_000, 400, .permanent),
        Row(137_000, 400, .permanent),
    ]

    private static let numbersAndRest: [Row] = [
        Row(133_000, 500, .wait, wait: .seconds(60)), Row(133_005, 400, .needsPerson),
        Row(133_006, 400, .needsPerson), Row(133_008, 400, .wait, wait: .minutes(10)),
        Row(133_009, 400, .wait, wait: .minutes(10)), Row(133_010, 400, .needsPerson),
        Row(133_015, 400, .wait, wait: .minutes(5)), Row(136_024, 400, .permanent),
        Row(2_388_001, 400, .needsPerson), Row(2_388_012, 400, .permanent), Row(2_388_091, 400, .permanent),
        Row(2_388_093, 400, .permanent), Row(2_388_103, 400, .permanent), Row(2_593_079, 400, .permanent),
        Row(2_593_085, 400, .permanent), Row(2_593_107, 400, .permanent), Row(2_593_108, 400, .permanent),
        Row(2_593_109, 400, .permanent), Row(1_752_041, 400, .permanent), Row(200_005, 400, .permanent),
        Row(200_006, 400, .permanent), Row(200_007, 400, .permanent), Row(2_388_019, 400, .permanent),
        Row(2_388_040, 400, .permanent), Row(2_388_047, 400, .permanent), Row(2_388_072, 400, .permanent),
        Row(2_388_073, 400, .permanent), Row(2_388_293, 400, .permanent), Row(2_388_299, 400, .permanent),
        Row(999_999, 400, .permanent), Row(999_999, 500, .transient), Row(999_999, 503, .transient),
    ]

    @Test(arguments: access + limits + messages + numbersAndRest)
    func `a code means one thing`(row: Row) {
        let error = GraphErrorTable.error(.init(operation: "read_waba", httpStatus: row.status, code: row.code))
        #expect(error.class == row.expected)
        #expect(error.retryAfter == row.wait)
        #expect(error.reach == .answered)
        #expect(error.code == row.code)
    }

    @Test(arguments: [36007, 36008, 36009])
    func `a code of the signup that cannot be exchanged needs a person`(subcode: Int) {
        var answer = GraphErrorTable.Answer(operation: "exchange_code", httpStatus: 400, code: 100)
        answer.subcode = subcode
        #expect(GraphErrorTable.error(answer).class == .needsPerson)
    }

    @Test(arguments: [
        (2_388_001, GraphError.Class.needsPerson), (2_388_103, .permanent), (2_207_051, .permanent), (33, .permanent),
    ])
    func `subcodes of 100 are read`(subcode: Int, expected: GraphError.Class) {
        var answer = GraphErrorTable.Answer(operation: "register", httpStatus: 400, code: 100)
        answer.subcode = subcode
        let error = GraphErrorTable.error(answer)
        #expect(error.class == expected)
        #expect(error.isObjectNotVisible == (subcode == 33))
    }

    @Test func `wrong app credentials are not taken for an unknown error`() {
        var answer = GraphErrorTable.Answer(operation: "exchange_code", httpStatus: 400, code: 1)
        answer.message = "Error validating client secret."
        #expect(GraphErrorTable.error(answer).class == .needsPerson)
        answer.operation = "register"
        #expect(GraphErrorTable.error(answer).class == .transient)
    }

    @Test func `is_transient decides only for unknown codes`() {
        var unknown = GraphErrorTable.Answer(operation: "read_waba", httpStatus: 400, code: 424_242)
        unknown.isTransient = true
        #expect(GraphErrorTable.error(unknown).class == .transient)
        var locked = GraphErrorTable.Answer(operation: "register", httpStatus: 400, code: 133_016)
        locked.isTransient = true
        #expect(GraphErrorTable.error(locked).retryAfter == .hours(72))
    }

    @Test func `the wait Meta names beats ours`() {
        var answer = GraphErrorTable.Answer(operation: "read_waba", httpStatus: 400, code: 80_007)
        let usage = #"{"1":[{"call_count":100,"estimated_time_to_regain_access":19}],"2":[{"call_count":1}]}"#
        answer.headers = ["x-business-use-case-usage": usage]
        #expect(GraphErrorTable.error(answer).retryAfter == .minutes(19))
        answer.headers = ["retry-after": "7"]
        #expect(GraphErrorTable.error(answer).retryAfter == .seconds(7))
        answer.code = 190
        #expect(GraphErrorTable.error(answer).retryAfter == nil)
    }

    @Test func `a 429 without a code is a limit`() {
        let error = GraphErrorTable.error(.init(operation: "read_waba", httpStatus: 429))
        #expect(error.class == .wait)
        #expect(error.retryAfter == .seconds(60))
    }
}
