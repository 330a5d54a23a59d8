// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import NIOCore
import Services

/// The members of a request, however it came: form texts, or a JSON object of scalars.
struct KaleyraFields: Sendable {
    enum Value: Sendable, Hashable {
        case text(String)
        /// A whole number as its digits, never through a floating-point type.
        case number(String)
        case other
    }

    let values: [String: Value]

    init(texts: [String: String]) { values = texts.mapValues { .text($0) } }

    /// The body of a JSON request. Throws `malformedJSON` for anything but an object.
    init(json body: ByteBuffer) throws {
        values = try JSONReading.decode(Members.self, from: body).values
    }

    /// A text that must be there; a number counts as its digits.
    func required(_ name: String) throws(KaleyraError) -> String {
        guard let value = try optional(name) else { throw .missing(name) }
        return value
    }

    /// Nil when it is absent, null or empty.
    func optional(_ name: String) throws(KaleyraError) -> String? {
        switch values[name] {
        case nil: return nil
        case .text(let text):
            let trimmed = Self.trimmed(text)
            // PostgreSQL cannot store NUL, and logs should not have to escape the rest.
            guard !trimmed.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
                throw .field(name, "The \(name) format is invalid.")
            }
            return trimmed.isEmpty ? nil : trimmed
        case .number(let digits): return digits
        case .other: throw .field(name, "The \(name) must be a string.")
        }
    }

    /// Whether the member came, even empty.
    func has(_ name: String) -> Bool { values[name] != nil }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    private struct Members: Decodable {
        let values: [String: Value]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            var values: [String: Value] = [:]
            for key in container.allKeys where try !container.decodeNil(forKey: key) {
                if let text = try? container.decode(String.self, forKey: key) {
                    values[key.stringValue] = .text(text)
                } else if let number = try? container.decode(UInt64.self, forKey: key) {
                    values[key.stringValue] = .number(String(number))
                } else {
                    values[key.stringValue] = .other
                }
            }
            self.values = values
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

/// `+`, no leading zero, 7 to 15 digits. Source: ITU-T E.164; Kaleyra, "WA_NUMBER … in E164 format".
enum E164 {
    static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst()
        return text.utf8.first == UInt8(ascii: "+") && (7...15).contains(digits.count)
            && digits.first != UInt8(ascii: "0") && digits.allSatisfy { (48...57).contains($0) }
    }
}
