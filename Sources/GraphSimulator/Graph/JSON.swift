// SPDX-License-Identifier: Apache-2.0

/// A JSON value that keeps member order and whole numbers as they were printed.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int64)
    /// A number that is not a whole 64-bit one, as it was printed.
    case decimal(String)
    case string(String)
    case array([JSON])
    case object([Member])

    struct Member: Sendable, Equatable {
        var name: String
        var value: JSON

        init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }
}

extension JSON {
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a scalar: what a form field of the same value would hold.
    var text: String? {
        switch self {
        case .string(let value): value
        case .int(let value): String(value)
        case .decimal(let value): value
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// Python's `True` counts: some HTTP clients print it so.
    var isTrue: Bool { text == "true" || text == "1" || text == "True" }

    var number: Int64? {
        switch self {
        case .int(let value): value
        case .string(let value): Int64(value)
        case .null, .bool, .decimal, .array, .object: nil
        }
    }

    var elements: [JSON]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    static func strings(_ values: [String]) -> JSON { .array(values.map(JSON.string)) }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByIntegerLiteral
{
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0.0, $0.1) }) }
    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(integerLiteral value: Int64) { self = .int(value) }
}

/// How text is escaped: Graph answers and webhook bodies differ in nothing else.
enum JSONEscaping: Sendable {
    case minimal
    /// Non-ASCII as `\uxxxx` in lower case and `/` as `\/`. Source: Meta, webhooks overview (signature over escaped bytes).
    case meta
}

extension JSON {
    func bytes(escaping: JSONEscaping = .minimal) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(512)
        write(to: &out, escaping: escaping)
        return out
    }

    func write(to out: inout [UInt8], escaping: JSONEscaping) {
        switch self {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
        case .int(let value): out.append(contentsOf: String(value).utf8)
        case .decimal(let value): out.append(contentsOf: value.utf8)
        case .string(let value): Self.write(value, to: &out, escaping: escaping)
        case .array(let values):
            out.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                value.write(to: &out, escaping: escaping)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Self.write(member.name, to: &out, escaping: escaping)
                out.append(UInt8(ascii: ":"))
                member.value.write(to: &out, escaping: escaping)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, to out: inout [UInt8], escaping: JSONEscaping) {
        out.append(UInt8(ascii: "\""))
        switch escaping {
        case .minimal:
            var text = text
            text.withUTF8 { bytes in
                if bytes.allSatisfy(isPlain) {
                    out.append(contentsOf: bytes)
                } else {
                    for byte in bytes { writeASCII(byte, to: &out, escapesSlash: false) }
                }
            }
        case .meta:
            for unit in text.utf16 {
                if unit < 0x80 {
                    writeASCII(UInt8(unit), to: &out, escapesSlash: true)
                } else {
                    writeEscape(unit, to: &out)
                }
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func writeASCII(_ byte: UInt8, to out: inout [UInt8], escapesSlash: Bool) {
        switch byte {
        case UInt8(ascii: "\""): out.append(contentsOf: #"\""#.utf8)
        case UInt8(ascii: "\\"): out.append(contentsOf: #"\\"#.utf8)
        case UInt8(ascii: "/") where escapesSlash: out.append(contentsOf: #"\/"#.utf8)
        case 0x0A: out.append(contentsOf: #"\n"#.utf8)
        case 0x0D: out.append(contentsOf: #"\r"#.utf8)
        case 0x09: out.append(contentsOf: #"\t"#.utf8)
        case 0..<0x20: writeEscape(UInt16(byte), to: &out)
        default: out.append(byte)
        }
    }

    private static func writeEscape(_ unit: UInt16, to out: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        out.append(contentsOf: #"\u"#.utf8)
        for shift in [12, 8, 4, 0] { out.append(digits[Int(unit >> UInt16(shift)) & 15]) }
    }
}
