// SPDX-License-Identifier: Apache-2.0
import Crypto

/// Meta's `X-Hub-Signature-256`: `sha256=` and the lower-case hex of HMAC-SHA256(app secret, raw body bytes).
/// Source: Meta, Webhooks, "Validating payloads". Only the raw bytes verify: Meta escapes what a parser would undo.
public enum MetaSignature {
    public static let headerName = "x-hub-signature-256"
    static let prefix = "sha256="
    static let hexDigits = Array("0123456789abcdef".utf8)

    /// The header's value for a body as it goes over the wire.
    public static func header(body: some Collection<UInt8>, secret: String) -> String {
        body.withRawBytes { header(body: $0, secret: secret) }
    }

    public static func header(body: UnsafeRawBufferPointer, secret: String) -> String {
        let key = SymmetricKey(data: Array(secret.utf8))
        var text = Array(prefix.utf8)
        for byte in HMAC<SHA256>.authenticationCode(for: body, using: key) {
            text.append(hexDigits[Int(byte >> 4)])
            text.append(hexDigits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether `header` is the signature of `body` by one of the secrets (two during rotation), compared in constant time.
    public static func isValid(header: String, body: some Collection<UInt8>, secrets: [String]) -> Bool {
        MetaSignatureVerifier(secrets: secrets).isValid(header: header, body: body)
    }

    public static func isValid(header: String, body: UnsafeRawBufferPointer, secrets: [String]) -> Bool {
        MetaSignatureVerifier(secrets: secrets).isValid(header: header, body: body)
    }
}

/// Verifies many bodies with the same app secrets. Empty secrets verify nothing.
public struct MetaSignatureVerifier: Sendable {
    /// With the key taken in already, which costs as much as half a kilobyte of body.
    private let keyed: [HMAC<SHA256>]

    public init(secrets: [String]) {
        keyed = secrets.filter { !$0.isEmpty }.map { HMAC(key: SymmetricKey(data: Array($0.utf8))) }
    }

    public func isValid(header: String, body: some Collection<UInt8>) -> Bool {
        body.withRawBytes { isValid(header: header, body: $0) }
    }

    public func isValid(header: String, body: UnsafeRawBufferPointer) -> Bool {
        guard let code = Self.code(of: header) else { return false }
        return keyed.contains { keyed in
            var hmac = keyed
            hmac.update(data: body)
            return hmac.finalize() == code
        }
    }

    /// The 32 bytes behind `sha256=`; nil for any other form.
    private static func code(of header: String) -> [UInt8]? {
        guard header.hasPrefix(MetaSignature.prefix) else { return nil }
        let digits = Array(header.utf8.dropFirst(MetaSignature.prefix.utf8.count))
        guard digits.count == 64 else { return nil }
        var code: [UInt8] = []
        code.reserveCapacity(32)
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = nibble(digits[index]), let low = nibble(digits[index + 1]) else { return nil }
            code.append(high << 4 | low)
        }
        return code
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
