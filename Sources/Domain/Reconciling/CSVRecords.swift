// SPDX-License-Identifier: Apache-2.0

/// Comma-separated values. `;` is taken too where the first line has no comma; a UTF-8 mark is skipped. Source: RFC 4180.
package struct CSVRecords: Sequence, IteratorProtocol {
    package struct Record: Sendable, Hashable {
        package let fields: [String]
        /// Where it begins and ends in the text, its line break included.
        package let bytes: Range<Int>
    }

    /// A quote that does not close, or text after one that does.
    package struct Fault: Error, Sendable, Hashable {
        /// Counted from 1: records, not lines.
        package let record: Int
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var position: Int
    private var count = 0
    /// Why the records ended early.
    package private(set) var fault: Fault?

    package init(_ bytes: [UInt8], separator: UInt8? = nil) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        self.separator = separator ?? Self.separator(of: bytes)
    }

    package static func separator(of bytes: [UInt8]) -> UInt8 {
        let head = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let semicolon = UInt8(ascii: ";")
        return head.contains(UInt8(ascii: ",")) || !head.contains(semicolon) ? UInt8(ascii: ",") : semicolon
    }

    /// Empty lines are passed over.
    package mutating func next() -> Record? {
        while fault == nil, position < bytes.count {
            let start = position
            count += 1
            var fields: [String] = []
            while true {
                guard let field = field() else { return nil }
                fields.append(field)
                guard position < bytes.count, bytes[position] == separator else { break }
                position += 1
            }
            skipLineBreak()
            if fields != [""] { return Record(fields: fields, bytes: start..<position) }
            count -= 1
        }
        return nil
    }

    private mutating func field() -> String? {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return plainField() }
        var text: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            guard byte == UInt8(ascii: "\"") else {
                text.append(byte)
                continue
            }
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                text.append(byte)
                position += 1
                continue
            }
            guard position == bytes.count || bytes[position] == separator || isLineBreak(bytes[position]) else { break }
            return String(decoding: text, as: UTF8.self)
        }
        fault = Fault(record: count)
        return nil
    }

    private mutating func plainField() -> String {
        let start = position
        while position < bytes.count, bytes[position] != separator, !isLineBreak(bytes[position]) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        return String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    private func isLineBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    private mutating func skipLineBreak() {
        if position < bytes.count, bytes[position] == UInt8(ascii: "\r") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
    }
}
