// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

/// Text from outside: times of query parameters, and CSV files.
@Suite struct ReadingTests {
    static let times: [(String, Int64?)] = [
        ("1604962813", 1_604_962_813_000), ("0", 0), ("2020-11-09T23:00:13Z", 1_604_962_813_000),
        ("2020-11-09T23:00:13.5Z", 1_604_962_813_500), ("2020-11-10T00:00:13+01:00", 1_604_962_813_000),
        ("2020-11-09t20:30:13-02:30", 1_604_962_813_000), ("2024-02-29T00:00:00Z", 1_709_164_800_000),
        ("1969-12-31T23:59:59Z", -1000), ("2023-02-29T00:00:00Z", nil), ("2020-13-01T00:00:00Z", nil),
        ("2020-11-09T24:00:00Z", nil), ("2020-11-09T23:00:13", nil), ("2020-11-09", nil), ("yesterday", nil),
        ("", nil), ("-5", nil), ("123456789012", nil), ("2020-11-09T23:00:13Zx", nil), ("2020-11-09T23:00:13.Z", nil),
    ]

    @Test("RFC 3339 and Unix seconds", arguments: times)
    func time(text: String, milliseconds: Int64?) {
        #expect(Timestamp(reading: text)?.milliseconds == milliseconds)
    }

    @Test("What is printed reads back")
    func roundTrip() {
        for seconds in stride(from: Int64(-3_000_000_000), through: 6_000_000_000, by: 86_399_123) {
            let time = Timestamp(milliseconds: seconds * 1000 + 7)
            #expect(Timestamp(reading: time.description) == time)
        }
    }

    static let files: [(String, [[String]], Int?)] = [
        ("", [], nil), ("\n\n", [], nil), ("a,b\n1,2\n", [["a", "b"], ["1", "2"]], nil),
        ("a,b\r\n1,2", [["a", "b"], ["1", "2"]], nil), ("a;b\n1;2", [["a", "b"], ["1", "2"]], nil),
        ("\u{FEFF}a,b\n1,2", [["a", "b"], ["1", "2"]], nil),
        ("a\n\"x, \"\"y\"\"\nz\"\n", [["a"], ["x, \"y\"\nz"]], nil),
        ("a, b ,\n,,\n", [["a", "b", ""], ["", "", ""]], nil),
        ("a\n\"open", [["a"]], 2), ("a\n\"x\"y\n", [["a"]], 2), ("a\n\n\n1\n", [["a"], ["1"]], nil),
        ("ä\n\"ö\"\n", [["ä"], ["ö"]], nil),
    ]

    @Test("Records as RFC 4180 has them", arguments: files)
    func csv(text: String, expected: [[String]], fault: Int?) {
        var records = CSVRecords(Array(text.utf8))
        var read: [[String]] = []
        while let record = records.next() { read.append(record.fields) }
        #expect(read == expected)
        #expect(records.fault?.record == fault)
    }

    @Test("A record's bytes are its own")
    func bytes() {
        let text = Array("a,b\n\"1\n\",2\r\n3,4".utf8)
        var records = CSVRecords(text)
        var pieces: [String] = []
        while let record = records.next() { pieces.append(String(decoding: text[record.bytes], as: UTF8.self)) }
        #expect(pieces == ["a,b\n", "\"1\n\",2\r\n", "3,4"])
    }
}
