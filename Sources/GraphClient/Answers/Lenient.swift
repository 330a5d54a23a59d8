// SPDX-License-Identifier: Apache-2.0

/// An optional member of an answer: absent, null or of an unexpected kind all read as nil, so that one odd field
/// never loses the rest. Numbers read as text and text as numbers where that is exact.
@propertyWrapper
package struct Lenient<Value: LenientlyDecodable & Sendable>: Decodable, Sendable {
    package var wrappedValue: Value?

    package init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    package init(from decoder: any Decoder) { wrappedValue = Value.decodeLeniently(from: decoder) }
}

extension KeyedDecodingContainer {
    /// Found by synthesised decoders in place of the one that fails on a missing key.
    package func decode<Value>(_ type: Lenient<Value>.Type, forKey key: Key) throws -> Lenient<Value> {
        try decodeIfPresent(type, forKey: key) ?? Lenient(wrappedValue: nil)
    }
}

package protocol LenientlyDecodable {
    static func decodeLeniently(from decoder: any Decoder) -> Self?
}

/// What an answer is made of: decoded as it says, nil when it does not fit.
package protocol GraphObject: Decodable, Sendable, LenientlyDecodable {}

extension GraphObject {
    package static func decodeLeniently(from decoder: any Decoder) -> Self? { try? Self(from: decoder) }
}

extension String: LenientlyDecodable {
    package static func decodeLeniently(from decoder: any Decoder) -> String? {
        guard let container = try? decoder.singleValueContainer() else { return nil }
        if let text = try? container.decode(String.self) { return text }
        // Integers are read as such: ids exceed 2^53.
        if let number = try? container.decode(Int64.self) { return String(number) }
        if let number = try? container.decode(UInt64.self) { return String(number) }
        return (try? container.decode(Bool.self)).map(String.init)
    }
}

extension Int: LenientlyDecodable {
    package static func decodeLeniently(from decoder: any Decoder) -> Int? {
        guard let container = try? decoder.singleValueContainer() else { return nil }
        if let number = try? container.decode(Int.self) { return number }
        return (try? container.decode(String.self)).flatMap { Int($0) }
    }
}

extension Bool: LenientlyDecodable {
    package static func decodeLeniently(from decoder: any Decoder) -> Bool? {
        guard let container = try? decoder.singleValueContainer() else { return nil }
        if let flag = try? container.decode(Bool.self) { return flag }
        return (try? container.decode(String.self)).flatMap { Bool($0) }
    }
}

extension Array: LenientlyDecodable where Element: LenientlyDecodable {
    /// Elements that do not fit are left out.
    package static func decodeLeniently(from decoder: any Decoder) -> [Element]? {
        guard var container = try? decoder.unkeyedContainer() else { return nil }
        var elements: [Element] = []
        while !container.isAtEnd {
            guard let element = try? container.superDecoder() else { return elements }
            if let element = Element.decodeLeniently(from: element) { elements.append(element) }
        }
        return elements
    }
}
