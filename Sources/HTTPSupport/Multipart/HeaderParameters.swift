// SPDX-License-Identifier: Apache-2.0

/// `value; name=token; name="quoted \" text"`: the parameters of a header value. Source: RFC 9110, section 5.6.6.
struct HeaderParameters {
    private var values: [String: String] = [:]

    subscript(_ name: String) -> String? { values[name] }

    /// Nil when the header's value is not `kind` (in any case) or its parameters cannot be read.
    init?(_ header: String, of kind: String) {
        var rest = Array(header.utf8)[...]
        guard Self.text(rest.prefix { $0 != UInt8(ascii: ";") }).map(Self.trimmed)?.lowercased() == kind else {
            return nil
        }
        rest = rest.drop { $0 != UInt8(ascii: ";") }
        while !rest.isEmpty {
            rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
            if rest.isEmpty { return }
            if rest.first == UInt8(ascii: ";") { continue }
            guard let (name, value) = Self.parameter(&rest) else { return nil }
            // The first of a name counts; a second one is a trick.
            guard values[name] == nil else { return nil }
            values[name] = value
        }
    }

    /// One `name=value`, up to the `;` that follows it or the end.
    private static func parameter(_ rest: inout ArraySlice<UInt8>) -> (String, String)? {
        guard let name = text(rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }) else { return nil }
        rest = rest.dropFirst(name.utf8.count)
        guard rest.first == UInt8(ascii: "=") else { return nil }
        rest = rest.dropFirst()
        let value: String?
        if rest.first == UInt8(ascii: "\"") {
            value = quoted(&rest)
        } else {
            let token = rest.prefix { $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(token.count)
            value = text(token).map(trimmed)
        }
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
        guard let value, rest.isEmpty || rest.first == UInt8(ascii: ";") else { return nil }
        return (trimmed(name).lowercased(), value)
    }

    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> String? {
        rest = rest.dropFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return text(bytes[...])
            // Only quote and backslash are escaped; a browser's `C:\path` keeps its backslash.
            case UInt8(ascii: "\\") where rest.first == UInt8(ascii: "\"") || rest.first == UInt8(ascii: "\\"):
                if let escaped = rest.popFirst() { bytes.append(escaped) }
            default: bytes.append(byte)
            }
        }
        return nil
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        String(validating: bytes, as: UTF8.self)
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
