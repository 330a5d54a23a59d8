// SPDX-License-Identifier: Apache-2.0

/// Reads one JSON value strictly; only strings are mended: broken UTF-8, lone surrogates and NUL, which a database cannot keep,
/// become U+FFFD.
struct MetaJSONReader {
    /// Deeper than anything Meta sends; keeps the stack bounded.
    static let depthMax = 64

    private let bytes: ArraySlice<UInt8>
    private var at: Int

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        at = bytes.startIndex
    }

    static func read(_ bytes: ArraySlice<UInt8>) throws(JSONFault) -> MetaJSON {
        var reader = MetaJSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.at == bytes.endIndex else { throw JSONFault("text after the value", at: reader.at) }
        return value
    }

    /// The text of a quoted string.
    static func string(_ bytes: ArraySlice<UInt8>) throws(JSONFault) -> String {
        var reader = MetaJSONReader(bytes)
        return try reader.string()
    }

    private var next: UInt8? { at < bytes.endIndex ? bytes[at] : nil }

    private mutating func skipSpace() {
        while at < bytes.endIndex, JSONSlicer.isSpace(bytes[at]) { at += 1 }
    }

    private mutating func value(depth: Int) throws(JSONFault) -> MetaJSON {
        guard depth < Self.depthMax else { throw JSONFault("nested too deep", at: at) }
        skipSpace()
        switch next {
        case JSONSlicer.quote: return .string(try string())
        case JSONSlicer.openBrace: return try object(depth: depth)
        case JSONSlicer.openBracket: return try array(depth: depth)
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func literal(_ word: StaticString, _ value: MetaJSON) throws(JSONFault) -> MetaJSON {
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[at...].starts(with: expected) else { throw JSONFault("a value was expected", at: at) }
        at += expected.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONFault) -> MetaJSON {
        var members: [MetaJSON.Member] = []
        at += 1
        skipSpace()
        if take(JSONSlicer.closeBrace) { return .object([]) }
        while true {
            skipSpace()
            guard next == JSONSlicer.quote else { throw JSONFault("a key was expected", at: at) }
            let key = try string()
            skipSpace()
            guard take(JSONSlicer.colon) else { throw JSONFault("a colon was expected", at: at) }
            members.append(MetaJSON.Member(key: key, value: try value(depth: depth + 1)))
            skipSpace()
            if take(JSONSlicer.closeBrace) { return .object(members) }
            guard take(JSONSlicer.comma) else { throw JSONFault("a comma was expected", at: at) }
        }
    }

    private mutating func array(depth: Int) throws(JSONFault) -> MetaJSON {
        var elements: [MetaJSON] = []
        at += 1
        skipSpace()
        if take(JSONSlicer.closeBracket) { return .array([]) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(JSONSlicer.closeBracket) { return .array(elements) }
            guard take(JSONSlicer.comma) else { throw JSONFault("a comma was expected", at: at) }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        at += 1
        return true
    }

    private mutating func number() throws(JSONFault) -> String {
        let start = at
        _ = take(UInt8(ascii: "-"))
        try digits()
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func digits() throws(JSONFault) {
        let start = at
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
        guard at > start else { throw JSONFault("a value was expected", at: at) }
    }

    private mutating func string() throws(JSONFault) -> String {
        at += 1
        let start = at
        while let byte = next, byte != JSONSlicer.quote, byte != JSONSlicer.backslash, byte != 0 { at += 1 }
        if next == JSONSlicer.quote {
            defer { at += 1 }
            return String(decoding: bytes[start..<at], as: UTF8.self)
        }
        var text = Array(bytes[start..<at])
        while let byte = next {
            at += 1
            switch byte {
            case JSONSlicer.quote: return String(decoding: text, as: UTF8.self)
            case JSONSlicer.backslash: try escape(into: &text)
            case 0: text.append(contentsOf: Self.replacement)
            default: text.append(byte)
            }
        }
        throw JSONFault("the text ends early", at: at)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
        guard let byte = next else { throw JSONFault("the text ends early", at: at) }
        at += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case JSONSlicer.quote, JSONSlicer.backslash, UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "u"): try unicodeEscape(into: &text)
        default: throw JSONFault("an unknown escape", at: at - 1)
        }
    }

    private mutating func unicodeEscape(into text: inout [UInt8]) throws(JSONFault) {
        let unit = try hexUnit()
        if (0xD800..<0xDC00).contains(unit), bytes[at...].starts(with: [0x5C, 0x75]) {
            let resume = at
            at += 2
            let low = try hexUnit()
            if (0xDC00..<0xE000).contains(low) {
                return Self.append(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), to: &text)
            }
            at = resume
        }
        Self.append(unit, to: &text)
    }

    private mutating func hexUnit() throws(JSONFault) -> UInt32 {
        let end = at + 4
        guard end <= bytes.endIndex else { throw JSONFault("the text ends early", at: at) }
        var unit: UInt32 = 0
        while at < end {
            guard let digit = Character(UnicodeScalar(bytes[at])).hexDigitValue else {
                throw JSONFault("a hexadecimal digit was expected", at: at)
            }
            unit = unit << 4 | UInt32(digit)
            at += 1
        }
        return unit
    }

    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    private static func append(_ value: UInt32, to text: inout [UInt8]) {
        guard value != 0, let scalar = UnicodeScalar(value) else { return text.append(contentsOf: replacement) }
        text.append(contentsOf: Array(Character(scalar).utf8))
    }
}
