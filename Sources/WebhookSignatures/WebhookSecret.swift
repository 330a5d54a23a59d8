// SPDX-License-Identifier: Apache-2.0
import Crypto

/// Why a text is no key of Standard Webhooks. Never carries the text.
public enum WebhookKeyError: Error, Hashable, Sendable {
    case empty
    case notBase64
    /// Shorter or longer than the kind of key allows.
    case wrongLength(bytes: Int)
    /// The public half of a `whsk_` key does not belong to its seed, or the point is not on the curve.
    case inconsistent
}

/// A symmetric signing secret, `whsec_…`: one an endpoint. Prints as `***`.
public struct WebhookSecret: Sendable, Hashable {
    public static let prefix = "whsec_"
    let bytes: [UInt8]

    /// Accepts the secret with or without its prefix, as the libraries of Standard Webhooks do.
    public init(_ text: String) throws(WebhookKeyError) {
        bytes = try keyBytes(text, prefix: Self.prefix)
    }

    /// A secret of 32 random bytes. Standard Webhooks asks for 24 to 64.
    public static func generate() -> WebhookSecret {
        WebhookSecret(bytes: SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// `whsec_` and the base64 of the bytes: what the endpoint's owner is shown, once.
    public var text: String { Self.prefix + Base64.encode(bytes) }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "***" }
    public var debugDescription: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

func keyBytes(_ text: String, prefix: String) throws(WebhookKeyError) -> [UInt8] {
    let encoded = text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]
    guard let bytes = Base64.decode(encoded) else { throw .notBase64 }
    guard !bytes.isEmpty else { throw .empty }
    return bytes
}
