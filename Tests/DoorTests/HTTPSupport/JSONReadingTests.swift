// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPSupport
import NIOCore
import Services
import Testing

@Suite struct JSONReadingTests {
    private struct Sample: Decodable, Sendable {
        let name: String
        let count: Int?
        let flag: Bool?
        let list: [String]?
        let kind: OneOf<PartnerKind>?
        let waba: MetaIDField<WABAID>?
        let inner: Inner?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case name
            case count
            case flag
            case list
            case kind
            case waba
            case inner
        }

        static let fields = FieldNames(of: CodingKeys.self, nested: ["inner": Inner.fields])
    }

    private struct Inner: Decodable, Sendable {
        let uri: String

        enum CodingKeys: String, CodingKey, CaseIterable {
            case uri
        }

        static let fields = FieldNames(of: CodingKeys.self)
    }

    static let wrong: [(String, ServiceError)] = [
        ("{}", .missing(field: "name")),
        (#"{"name":null}"#, .missing(field: "name")),
        (#"{"name":1}"#, .invalid(field: "name", message: "must be a string")),
        (#"{"name":"a","count":"1"}"#, .invalid(field: "count", message: "must be a whole number")),
        (#"{"name":"a","flag":"yes"}"#, .invalid(field: "flag", message: "must be true or false")),
        (#"{"name":"a","list":{}}"#, .invalid(field: "list", message: "must be an array")),
        (#"{"name":"a","list":["x",2]}"#, .invalid(field: "list[1]", message: "must be a string")),
        (#"{"name":"a","inner":{}}"#, .missing(field: "inner.uri")),
        (#"{"name":"a","inner":[]}"#, .invalid(field: "inner", message: "must be an object")),
        (#"{"name":"a","inner":{"uri":"u","port":1}}"#, .invalid(field: "inner.port", message: "is not a known field")),
        (#"{"name":"a","nmae":"b"}"#, .invalid(field: "nmae", message: "is not a known field")),
        (
            #"{"name":"a","kind":"reseller"}"#,
            .invalid(field: "kind", message: "must be one of solution_partner, tech_provider")
        ),
        (#"{"name":"a","waba":"12a"}"#, .invalid(field: "waba", message: "must be an id of Meta: 1 to 20 digits")),
        (#"{"name":"a","waba":"0"}"#, .invalid(field: "waba", message: "must be an id of Meta: 1 to 20 digits")),
        (#"["name"]"#, .invalid(field: "", message: "must be an object")),
    ]

    @Test("what is wrong is named by its path", arguments: wrong)
    func paths(body: String, error: ServiceError) {
        #expect(throws: error) {
            try JSONReading.decode(Sample.self, from: ByteBuffer(string: body), allowing: Sample.fields)
        }
    }

    static let noJSON = ["{", "", "nope", #"{"name":"a"} x"#, "{\"name\":\"\u{1}\"}"]

    @Test("text that is no JSON is a fault of the request", arguments: noJSON)
    func malformed(body: String) {
        #expect(throws: RequestFault.malformedJSON(detail: "The body is not valid JSON.")) {
            try JSONReading.decode(Sample.self, from: ByteBuffer(string: body), allowing: Sample.fields)
        }
    }

    @Test("JSON in another encoding than UTF-8 is none", arguments: [String.Encoding.utf16LittleEndian, .utf32BigEndian])
    func encodings(_ encoding: String.Encoding) throws {
        let body = ByteBuffer(bytes: try #require(#"{"name":"a"}"#.data(using: encoding)))
        #expect(throws: RequestFault.malformedJSON(detail: "The body is not valid JSON.")) {
            try JSONReading.decode(Sample.self, from: body)
        }
    }

    @Test("ids of Meta are read exactly, as strings and as numbers beyond 2^53")
    func metaIDs() throws {
        for body in [#"{"name":"a","waba":18446744073709551615}"#, #"{"name":"a","waba":"18446744073709551615"}"#] {
            let sample = try JSONReading.decode(Sample.self, from: ByteBuffer(string: body))
            #expect(sample.waba?.value == WABAID("18446744073709551615"))
        }
    }

    @Test("64 levels are read, 65 are refused; brackets in strings do not count")
    func depth() throws {
        func nested(_ levels: Int) -> ByteBuffer {
            let (open, close) = (String(repeating: "[", count: levels - 1), String(repeating: "]", count: levels - 1))
            return ByteBuffer(string: #"{"name":"a","x":\#(open)\#(close)}"#)
        }
        #expect(try JSONReading.decode(Sample.self, from: nested(64)).name == "a")
        #expect(throws: RequestFault.nestedTooDeep) { try JSONReading.decode(Sample.self, from: nested(65)) }
        let text = ByteBuffer(string: #"{"name":"\""# + String(repeating: "[{", count: 100) + #""}"#)
        #expect(try JSONReading.decode(Sample.self, from: text).name.count == 201)
    }
}
