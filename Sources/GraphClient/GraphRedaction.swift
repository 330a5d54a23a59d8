// SPDX-License-Identifier: Apache-2.0

/// Takes secrets out of texts that Meta wrote: those sent, those named, and whatever looks like a token.
package enum GraphRedaction {
    package static let mark = "***"

    package static let sensitiveNames = [
        "access_token", "client_secret", "input_token", "appsecret_proof", "fb_exchange_token", "revoke_token",
        "verify_token", "code", "pin",
    ]

    /// Longest text kept, in characters.
    private static let maximumLength = 1_000
    /// Bounds the work on a huge text; the last part is cut away again, so that no secret is left half.
    private static let maximumScannedBytes = 16_384

    package static func redact(_ text: String, secrets: [String] = []) -> String {
        var bytes = Array(text.utf8.prefix(maximumScannedBytes))
        for secret in secrets.sorted(by: { $0.utf8.count > $1.utf8.count }) where secret.utf8.count >= 4 {
            bytes = replacing(Array(secret.utf8), in: bytes)
            let escaped = PercentEncoding.encode(secret)
            if escaped != secret { bytes = replacing(Array(escaped.utf8), in: bytes) }
        }
        for name in sensitiveNames { bytes = redactingValue(of: name, in: bytes) }
        bytes = redactingTokens(in: bytes)
        return String(String(decoding: bytes, as: UTF8.self).prefix(maximumLength))
    }

    /// Takes the secrets that were sent out of a whole answer, however long, and leaves everything else as it is.
    static func scrub(_ bytes: [UInt8], secrets: [String]) -> [UInt8] {
        secrets.filter { $0.utf8.count >= 4 }.reduce(bytes) { replacing(Array($1.utf8), in: $0) }
    }

    private static func replacing(_ secret: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == secret[0], bytes[index...].starts(with: secret) {
                result += mark.utf8
                index += secret.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    /// `name=value`, `"name":"value"` and, but for `code` (whose numbers matter), `name: value`.
    private static func redactingValue(of name: String, in bytes: [UInt8]) -> [UInt8] {
        let name = Array(name.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let isStart = index == 0 || !isWord(bytes[index - 1])
            guard isStart, bytes[index] == name[0], bytes[index...].starts(with: name),
                let value = valueRange(after: index + name.count, in: bytes, name: name)
            else {
                result.append(bytes[index])
                index += 1
                continue
            }
            result += bytes[index..<value.lowerBound]
            result += mark.utf8
            index = value.upperBound
        }
        return result
    }

    private static func valueRange(after end: Int, in bytes: [UInt8], name: [UInt8]) -> Range<Int>? {
        var start = end
        while start < bytes.count, isQuoteOrSpace(bytes[start]) { start += 1 }
        guard start < bytes.count, bytes[start] == UInt8(ascii: "=") || bytes[start] == UInt8(ascii: ":") else {
            return nil
        }
        let isAssignment = bytes[start] == UInt8(ascii: "=")
        start += 1
        while start < bytes.count, isQuoteOrSpace(bytes[start]) { start += 1 }
        let isQuoted = bytes[start - 1] == UInt8(ascii: "\"") || bytes[start - 1] == UInt8(ascii: "'")
        if name == Array("code".utf8), !isAssignment, !isQuoted { return nil }
        var stop = start
        while stop < bytes.count, !isValueEnd(bytes[stop]) { stop += 1 }
        return stop > start ? start..<stop : nil
    }

    /// `EAA…` tokens, `AQ…` codes and `app|secret` pairs, wherever they stand.
    private static func redactingTokens(in bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard isTokenByte(bytes[index]) else {
                result.append(bytes[index])
                index += 1
                continue
            }
            var end = index
            while end < bytes.count, isTokenByte(bytes[end]) { end += 1 }
            if looksLikeToken(bytes[index..<end]) { result += mark.utf8 } else { result += bytes[index..<end] }
            index = end
        }
        return result
    }

    private static func looksLikeToken(_ word: ArraySlice<UInt8>) -> Bool {
        if let bar = word.firstIndex(of: UInt8(ascii: "|")) {
            return word[..<bar].count >= 5 && word[..<bar].allSatisfy { (48...57).contains($0) }
        }
        if word.starts(with: "EAA".utf8) { return word.count >= 8 }
        return word.starts(with: "AQ".utf8) && word.count >= 16
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool { isWord(byte) || byte == UInt8(ascii: "|") }

    private static func isWord(_ byte: UInt8) -> Bool {
        PercentEncoding.isUnreserved(byte) && byte != UInt8(ascii: ".") && byte != UInt8(ascii: "~")
    }

    private static func isQuoteOrSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: " ")
    }

    private static func isValueEnd(_ byte: UInt8) -> Bool {
        isQuoteOrSpace(byte) || byte < 0x20 || "&,;)}]<>".utf8.contains(byte)
    }
}
