// SPDX-License-Identifier: Apache-2.0

/// Finds where JSON values begin and end. It looks at strings and brackets only and never recurses, so that a change
/// that is broken inside, or nested without end, costs no other change of the same body.
package struct JSONSlicer {
    package let bytes: ArraySlice<UInt8>

    package init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    package struct Member {
        package let key: String
        /// The key as it stands, with its quotes.
        package let name: Range<Int>
        package let value: Range<Int>
    }

    /// The one value of the whole text.
    package func whole() throws(JSONFault) -> Range<Int> {
        let start = afterSpace(bytes.startIndex)
        let end = try valueEnd(start)
        guard afterSpace(end) == bytes.endIndex else { throw JSONFault("text after the value", at: end) }
        return start..<end
    }

    /// The members of the object at `range`; nil when it is no object.
    package func members(of range: Range<Int>) throws(JSONFault) -> [Member]? {
        guard byte(range.lowerBound) == Self.openBrace else { return nil }
        var members: [Member] = []
        var at = afterSpace(range.lowerBound + 1)
        if byte(at) == Self.closeBrace { return [] }
        while true {
            guard byte(at) == Self.quote else { throw JSONFault("a key was expected", at: at) }
            let keyEnd = try stringEnd(at)
            let colon = afterSpace(keyEnd)
            guard byte(colon) == Self.colon else { throw JSONFault("a colon was expected", at: colon) }
            let value = try value(at: afterSpace(colon + 1))
            members.append(Member(key: try MetaJSONReader.string(bytes[at..<keyEnd]), name: at..<keyEnd, value: value))
            at = afterSpace(value.upperBound)
            if byte(at) == Self.closeBrace { return members }
            guard byte(at) == Self.comma else { throw JSONFault("a comma was expected", at: at) }
            at = afterSpace(at + 1)
        }
    }

    /// The elements of the array at `range`; nil when it is no array.
    package func elements(of range: Range<Int>) throws(JSONFault) -> [Range<Int>]? {
        guard byte(range.lowerBound) == Self.openBracket else { return nil }
        var elements: [Range<Int>] = []
        var at = afterSpace(range.lowerBound + 1)
        if byte(at) == Self.closeBracket { return [] }
        while true {
            let value = try value(at: at)
            elements.append(value)
            at = afterSpace(value.upperBound)
            if byte(at) == Self.closeBracket { return elements }
            guard byte(at) == Self.comma else { throw JSONFault("a comma was expected", at: at) }
            at = afterSpace(at + 1)
        }
    }

    private func value(at start: Int) throws(JSONFault) -> Range<Int> { start..<(try valueEnd(start)) }

    private func byte(_ at: Int) -> UInt8? { at < bytes.endIndex ? bytes[at] : nil }

    private func afterSpace(_ start: Int) -> Int {
        var at = start
        while at < bytes.endIndex, Self.isSpace(bytes[at]) { at += 1 }
        return at
    }

    private func valueEnd(_ start: Int) throws(JSONFault) -> Int {
        switch byte(start) {
        case Self.quote: return try stringEnd(start)
        case Self.openBrace, Self.openBracket: return try containerEnd(start)
        case nil: throw JSONFault("the text ends early", at: start)
        default: return try scalarEnd(start)
        }
    }

    private func containerEnd(_ start: Int) throws(JSONFault) -> Int {
        var closers: [UInt8] = []
        var at = start
        while at < bytes.endIndex {
            switch bytes[at] {
            case Self.quote:
                at = try stringEnd(at)
                continue
            case Self.openBrace: closers.append(Self.closeBrace)
            case Self.openBracket: closers.append(Self.closeBracket)
            case Self.closeBrace, Self.closeBracket:
                guard closers.popLast() == bytes[at] else { throw JSONFault("a bracket closes nothing", at: at) }
                if closers.isEmpty { return at + 1 }
            default: break
            }
            at += 1
        }
        throw JSONFault("the text ends early", at: at)
    }

    private func stringEnd(_ start: Int) throws(JSONFault) -> Int {
        var at = start + 1
        while at < bytes.endIndex {
            switch bytes[at] {
            case Self.quote: return at + 1
            case Self.backslash: at += 2
            default: at += 1
            }
        }
        throw JSONFault("the text ends early", at: bytes.endIndex)
    }

    private func scalarEnd(_ start: Int) throws(JSONFault) -> Int {
        var at = start
        while at < bytes.endIndex, !Self.endsScalar(bytes[at]) { at += 1 }
        guard at > start else { throw JSONFault("a value was expected", at: start) }
        return at
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case comma, colon, quote, openBrace, closeBrace, openBracket, closeBracket: true
        default: isSpace(byte)
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
}
