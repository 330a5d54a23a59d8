// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// Reads JSON such as `text` writes; nil for anything that is no JSON, is nested beyond 64 levels, or has numbers that are
    /// not whole.
    package init?(parsing text: String) {
        var reader = Reader(bytes: Array(text.utf8))
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool {
            mutating get {
                skipSpace()
                return position == bytes.count
            }
        }

        mutating func value(depth: Int) -> JSONValue? {
            skipSpace()
            guard depth < 64, position < bytes.count else { return nil }
            switch bytes[position] {
            case UInt8(ascii: "{"): return object(depth)
            case UInt8(ascii: "["): return array(depth)
            case UInt8(ascii: "\""): return string().map { .string($0) }
            case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
            case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
            case UInt8(ascii: "n"): return take("null") ? .null : nil
            default: return number()
            }
        }

        private mutating func object(_ depth: Int) -> JSONValue? {
            position += 1
            var members: [String: JSONValue] = [:]
            if skipped("}") { return .object(members) }
            repeat {
                skipSpace()
                guard let name = string(), skipped(":"), let member = value(depth: depth + 1) else { return nil }
                members[name] = member
            } while skipped(",")
            return skipped("}") ? .object(members) : nil
        }

        private mutating func array(_ depth: Int) -> JSONValue? {
            position += 1
            var items: [JSONValue] = []
            if skipped("]") { return .array(items) }
            repeat {
                guard let item = value(depth: depth + 1) else { return nil }
                items.append(item)
            } while skipped(",")
            return skipped("]") ? .array(items) : nil
        }

        private mutating func number() -> JSONValue? {
            let start = position
            while position < bytes.count, (48...57).contains(bytes[position]) || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            return Int64(String(decoding: bytes[start..<position], as: UTF8.self)).map { .integer($0) }
        }

        private mutating func string() -> String? {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
            position += 1
            var units: [UInt8] = []
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                switch byte {
                case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    guard let character = escaped() else { return nil }
                    units += character.utf8
                case ..<0x20: return nil
                default: units.append(byte)
                }
            }
            return nil
        }

        private mutating func escaped() -> String? {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return "\""
            case UInt8(ascii: "\\"): return "\\"
            case UInt8(ascii: "/"): return "/"
            case UInt8(ascii: "b"): return "\u{8}"
            case UInt8(ascii: "f"): return "\u{C}"
            case UInt8(ascii: "n"): return "\n"
            case UInt8(ascii: "r"): return "\r"
            case UInt8(ascii: "t"): return "\t"
            case UInt8(ascii: "u"): return unicode()
            default: return nil
            }
        }

        private mutating func unicode() -> String? {
            guard let first = hex() else { return nil }
            guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first).map { String($0) } }
            guard take("\\u"), let second = hex(), (0xDC00..<0xE000).contains(second) else { return nil }
            let value = 0x10000 + ((UInt32(first) - 0xD800) << 10) + (UInt32(second) - 0xDC00)
            return Unicode.Scalar(value).map { String($0) }
        }

        private mutating func hex() -> UInt16? {
            guard position + 4 <= bytes.count else { return nil }
            let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
            position += 4
            return digits.utf8.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }
                ? UInt16(digits, radix: 16) : nil
        }

        private mutating func take(_ word: String) -> Bool {
            guard bytes[position...].starts(with: word.utf8) else { return false }
            position += word.utf8.count
            return true
        }

        private mutating func skipped(_ character: Character) -> Bool {
            skipSpace()
            guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
            position += 1
            return true
        }

        private mutating func skipSpace() {
            while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
        }
    }
}
