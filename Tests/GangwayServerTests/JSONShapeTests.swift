// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Conformance

struct JSONShapeTests {
    /// Answer, documented body, what differs, what is more than documented.
    private static let rows: [(String, String, [String], [String])] = [
        (#"{"a": 1, "b": [true, null]}"#, #"{"b": [true, null], "a": 1}"#, [], []),
        (#"{"a": 1}"#, #"{"a": "1"}"#, [#"a is 1, documented: "1""#], []),
        (#"{"a": 1}"#, #"{"a": true}"#, ["a is 1, documented: true"], []),
        (#"{"a": 1}"#, #"{"a": 1, "b": "<any>", "c?": 1}"#, ["b is missing"], []),
        (#"{"a": {"x": 1}, "n": 2}"#, #"{"a": {}}"#, [], ["a.x", "n"]),
        (#"[1, 2]"#, #"[1]"#, ["the body has 2 elements, documented: 1"], []),
        (#"[{"id": "1"}, {"id": "x"}]"#, #"["<each>", {"id": "<digits>"}]"#, [#"[1].id is no digits: "x""#], []),
        (#"[1, "2"]"#, #"["<each>", "<id>"]"#, [], []),
        (#"[]"#, #"["<each>", {"id": "<digits>"}]"#, [], []),
        (#""x""#, #""<object>""#, [#"the body is no object: "x""#], []),
        (#"{"t": "2026-05-20T10:14:33Z"}"#, #"{"t": "<time>"}"#, [], []),
        (
            #"{"t": "2026-05-20T10:14:33Z"}"#, #"{"t": "<milliseconds>"}"#,
            [#"t is no milliseconds: "2026-05-20T10:14:33Z""#], []
        ),
        (#"{"t": "2023-08-31T10:55:37+0000"}"#, #"{"t": "<graph time>"}"#, [], []),
        (#"{"s": "B"}"#, #"{"s": "<one of A|B>"}"#, [], []),
        (#"{"s": ""}"#, #"{"s": "<text>"}"#, [#"s is no text: """#], []),
        (#"{"s": "pk_1"}"#, #"{"s": "<starts with pk_>"}"#, [], []),
    ]

    @Test(arguments: rows) func `what differs is named by its path`(
        _ answer: String, _ documented: String, _ differences: [String], _ additions: [String]
    ) throws {
        let comparison = JSONShape.compare(try json(answer), with: try json(documented))
        #expect(comparison.differences == differences)
        #expect(comparison.additions == additions)
    }

    private func json(_ text: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    @Test func `values are filled in, and what is missing is named`() throws {
        let values = ConformanceValues(["a.b": "1"])
        #expect(try values.fill("x{{a.b}}y") == "x1y")
        let missing = #expect(throws: ConformanceValues.Missing.self) { try values.fill("{{c}} {{a.b}} {{d}}") }
        #expect(missing?.names == ["c", "d"])
        let read = try ConformanceValues(json: Data(#"{"partner": {"api_key": "k", "n": 7}}"#.utf8))
        #expect(try read.fill("{{partner.api_key}}{{partner.n}}") == "k7")
        #expect(try values.fill("{{random.uuid}}") != values.fill("{{random.uuid}}"))
        let drawn = values.drawing(["run.email"])
        #expect(try drawn.fill("{{run.email}}") == drawn.fill("{{run.email}}"))
    }
}
