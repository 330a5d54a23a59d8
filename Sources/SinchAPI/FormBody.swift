// SPDX-License-Identifier: Apache-2.0

/// `application/x-www-form-urlencoded`. Of two fields with one name the first counts.
package struct FormBody: Sendable {
    private let fields: [String: String]

    package init(_ text: String) {
        let pairs = text.split(separator: "&").prefix(32).compactMap { pair -> (String, String)? in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = Self.decode(parts[0]), let value = Self.decode(parts[1]) else {
                return nil
            }
            return (name, value)
        }
        fields = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    package subscript(_ name: String) -> String? { fields[name] }

    /// Nil for a broken escape.
    private static func decode(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2)
                guard digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16) else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
