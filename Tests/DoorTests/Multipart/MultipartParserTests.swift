// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import HTTPSupport

/// Source: RFC 7578, section 4; RFC 2046, section 5.1.1.
@Suite struct MultipartParserTests {
    struct Part: Sendable, Hashable {
        let name: String
        var filename: String?
        let content: String
    }

    /// How a body reads when it comes in chunks of `size`.
    static func read(_ body: [UInt8], chunk size: Int, boundary: String = "b") throws -> [Part] {
        var parser = MultipartParser(boundary: try #require(MultipartBoundary(validating: boundary)))
        var parts: [Part] = []
        var current: (MultipartPart, [UInt8])?
        for start in stride(from: 0, to: body.count, by: size) {
            for event in try parser.feed(body[start..<min(start + size, body.count)]) {
                switch event {
                case .partBegan(let part):
                    #expect(current == nil)
                    current = (part, [])
                case .content(let bytes):
                    #expect(!bytes.isEmpty)
                    current?.1 += bytes
                case .partEnded:
                    let (part, content) = try #require(current)
                    parts.append(
                        Part(
                            name: part.name, filename: part.filename, content: String(decoding: content, as: UTF8.self))
                    )
                    current = nil
                }
            }
        }
        try parser.finish()
        return parts
    }

    static let bodies: [(String, [Part])] = [
        ("--b--", []), ("--b--\r\nwhatever comes behind\r\n--b\r\n", []),
        (
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n",
            [Part(name: "a", content: "1")]
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--b--", [Part(name: "a", content: "")]
        ),
        // A part whose empty line is its delimiter's own.
        ("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n--b--", [Part(name: "a", content: "")]),
        (
            "a preamble\r\n--b \t\r\ncontent-disposition: FORM-DATA; name=a\r\nx: y\r\n\r\n1\r\n--b--",
            [Part(name: "a", content: "1")]
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"x.png\"\r\nContent-Type: image/png\r\n\r\n"
                + "\r\n--\r\n--c\r\r\n-b\r\n--b\r\nContent-Disposition: form-data; name=\"c\"\r\n\r\n2\r\n--b--",
            [
                Part(name: "a", filename: "x.png", content: "\r\n--\r\n--c\r\r\n-b"), Part(name: "c", content: "2"),
            ]
        ),
        (
            #"--b"# + "\r\n" + #"Content-Disposition: form-data; name="a\"b;c"; filename="C:\dir\x.png""#
                + "\r\n\r\n1\r\n--b--",
            [Part(name: #"a"b;c"#, filename: #"C:\dir\x.png"#, content: "1")]
        ),
    ]

    @Test(arguments: bodies.indices)
    func `reads the same in chunks of any size`(index: Int) throws {
        let (body, parts) = Self.bodies[index]
        let bytes = Array(body.utf8)
        for size in 1...max(1, bytes.count) {
            #expect(try Self.read(bytes, chunk: size) == parts, "chunks of \(size)")
        }
    }

    static let faults: [(String, MultipartFault)] = [
        ("", .truncated), ("--", .truncated), ("--b", .truncated), ("--b-", .truncated), ("--b\r\n", .truncated),
        ("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b", .truncated),
        ("--bx\r\n", .malformed(detail: "a boundary's line does not end")),
        ("--b --", .malformed(detail: "a boundary's line does not end")),
        ("--b\r\n\r\n1\r\n--b--", .malformed(detail: "a part has no name")),
        ("--b\r\nX: y\r\n\r\n1\r\n--b--", .malformed(detail: "a part has no name")),
        (
            "--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--b--",
            .malformed(detail: "a part has no name")
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--b--",
            .malformed(detail: "a part's Content-Disposition cannot be read")
        ),
        (
            "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--b--",
            .malformed(detail: "a part's Content-Disposition cannot be read")
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n1\r\n--b--",
            .malformed(detail: "a part's Content-Disposition cannot be read")
        ),
        ("--b\r\nno colon\r\n\r\n1\r\n--b--", .malformed(detail: "a part's header line has no name")),
        (
            "--b\r\nContent-Disposition: form-data; name=\"a\u{0}\"\r\n\r\n1\r\n--b--",
            .malformed(detail: "a part's header holds a control character")
        ),
        ("--b\r\nX: " + String(repeating: "x", count: 9000), .headersTooLarge),
        ("--b" + String(repeating: " ", count: 9000), .headersTooLarge),
        (String(repeating: "x", count: 5000), .malformed(detail: "no boundary at the beginning")),
        (
            String(repeating: "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n", count: 65) + "--b--",
            .tooManyParts
        ),
    ]

    @Test(arguments: faults.indices)
    func `says what is wrong, in chunks of any size`(index: Int) throws {
        let (body, fault) = Self.faults[index]
        let bytes = Array(body.utf8)
        for size in [1, 2, 3, 7, 100, max(1, bytes.count)] {
            #expect(throws: fault, "chunks of \(size)") { try Self.read(bytes, chunk: size) }
        }
    }

    @Test func `holds back no more than a delimiter of a large content`() throws {
        var parser = MultipartParser(boundary: try #require(MultipartBoundary(validating: "b")))
        _ = try parser.feed(Array("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8))
        var passed = 0
        for _ in 0..<100 {
            for case .content(let bytes) in try parser.feed(Array(repeating: UInt8(ascii: "x"), count: 1000)) {
                passed += bytes.count
            }
        }
        #expect(100_000 - passed < 10)
    }

    static let contentTypes: [(String, String?)] = [
        ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data;boundary=\"a b\"", "a b"),
        ("multipart/form-data; charset=utf-8; boundary=----x", "----x"),
        ("multipart/form-data; boundary=\"a\\\"b\"", nil), ("multipart/form-data", nil),
        ("multipart/form-data; boundary=", nil), ("multipart/form-data; boundary=a; boundary=b", nil),
        ("multipart/mixed; boundary=a", nil), ("application/json", nil),
        ("multipart/form-data; boundary=" + String(repeating: "x", count: 71), nil),
    ]

    @Test(arguments: contentTypes.indices)
    func `takes the boundary from the content type`(index: Int) throws {
        let (type, boundary) = Self.contentTypes[index]
        if let boundary {
            let read = try MultipartBoundary(contentType: type)
            #expect(read.text == boundary)
        } else {
            #expect(throws: MultipartFault.noBoundary) { try MultipartBoundary(contentType: type) }
        }
    }
}
