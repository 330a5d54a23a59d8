// SPDX-License-Identifier: Apache-2.0
import Crypto

/// An ed25519 signing key, `whsk_…` (seed and public key, 64 bytes), for receivers who must not be able to forge. Prints as `***`.
public struct WebhookKeyPair: Sendable {
    public static let prefix = "whsk_"
    let key: Curve25519.Signing.PrivateKey

    public init(_ text: String) throws(WebhookKeyError) {
        let bytes = try keyBytes(text, prefix: Self.prefix)
        guard bytes.count == 64 else { throw .wrongLength(bytes: bytes.count) }
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes[..<32]) else { throw .inconsistent }
        guard Array(key.publicKey.rawRepresentation) == Array(bytes[32...]) else { throw .inconsistent }
        self.key = key
    }

    public static func generate() -> WebhookKeyPair { WebhookKeyPair(key: Curve25519.Signing.PrivateKey()) }

    private init(key: Curve25519.Signing.PrivateKey) { self.key = key }

    public var text: String {
        Self.prefix + Base64.encode(Array(key.rawRepresentation) + Array(key.publicKey.rawRepresentation))
    }

    public var publicKey: WebhookPublicKey { WebhookPublicKey(key: key.publicKey) }
}

extension WebhookKeyPair: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "***" }
    public var debugDescription: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The half of a `WebhookKeyPair` that receivers hold, `whpk_…` (32 bytes).
public struct WebhookPublicKey: Sendable {
    public static let prefix = "whpk_"
    let key: Curve25519.Signing.PublicKey

    public init(_ text: String) throws(WebhookKeyError) {
        let bytes = try keyBytes(text, prefix: Self.prefix)
        guard bytes.count == 32 else { throw .wrongLength(bytes: bytes.count) }
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { throw .inconsistent }
        self.key = key
    }

    init(key: Curve25519.Signing.PublicKey) { self.key = key }

    public var text: String { Self.prefix + Base64.encode(Array(key.rawRepresentation)) }
}
