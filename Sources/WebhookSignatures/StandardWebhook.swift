// SPDX-License-Identifier: Apache-2.0
import Crypto

/// Why a webhook was refused. The first four are told apart for whoever debugs a receiver; none carries a key.
public enum WebhookVerificationError: Error, Hashable, Sendable {
    /// No key to verify with was given.
    case noKey
    /// `webhook-id` is empty or contains a full stop.
    case malformedID
    /// `webhook-timestamp` is not a whole number of seconds.
    case malformedTimestamp
    case timestampTooOld
    case timestampTooNew
    /// No entry of `webhook-signature` matches any key.
    case noMatchingSignature
}

/// Signs and verifies webhooks. Source: Standard Webhooks 1.0.0.
///
/// Bodies may be any collection of bytes; arrays, `Data`, `String.utf8` and NIO's `readableBytesView` are read where they
/// lie, and a raw buffer can be passed as it is.
public enum StandardWebhook {
    /// How far a timestamp may lie from now, both ways.
    public static let toleranceSeconds: Int64 = 300

    /// Entries of a signature header that are looked at; a sender in rotation needs a handful.
    private static let signatureCountMax = 32

    /// One entry of the signature header: `v1,` and the base64 of the HMAC-SHA256. Join several with a space.
    ///
    /// - Parameters:
    ///   - id: the same on every attempt and replay; without a full stop.
    ///   - timestamp: seconds since the epoch, of this attempt.
    public static func sign(
        id: String, timestamp: Int64, body: some Collection<UInt8>, secret: WebhookSecret
    ) -> String {
        body.withRawBytes { sign(id: id, timestamp: timestamp, body: $0, secret: secret) }
    }

    public static func sign(id: String, timestamp: Int64, body: UnsafeRawBufferPointer, secret: WebhookSecret) -> String
    {
        "v1," + Base64.encode(authenticationCode(head: head(id, String(timestamp)), body: body, secret: secret))
    }

    /// The whole signature header, current secret first: during rotation the old secrets sign too.
    public static func signatureHeader(
        id: String, timestamp: Int64, body: some Collection<UInt8>, secrets: [WebhookSecret]
    ) -> String {
        body.withRawBytes { body in
            secrets.map { sign(id: id, timestamp: timestamp, body: body, secret: $0) }.joined(separator: " ")
        }
    }

    /// One entry of the signature header: `v1a,` and the base64 of the ed25519 signature.
    ///
    /// - Throws: what the cryptographic library throws when it cannot sign.
    public static func sign(
        id: String, timestamp: Int64, body: some Collection<UInt8>, keyPair: WebhookKeyPair
    ) throws -> String {
        let content = head(id, String(timestamp)) + body
        return "v1a," + Base64.encode(Array(try keyPair.key.signature(for: content)))
    }

    /// Returns when one entry of `signatureHeader` matches one of the keys and the timestamp lies within five minutes of `now`.
    ///
    /// Entries of unknown versions are skipped. Receivers should also remember `id`: deliveries may come twice.
    ///
    /// - Parameters:
    ///   - timestamp: the text of the header `webhook-timestamp`.
    ///   - now: seconds since the epoch.
    public static func verify(
        id: String, timestamp: String, signatureHeader: String, body: some Collection<UInt8>,
        secrets: [WebhookSecret], publicKeys: [WebhookPublicKey] = [], now: Int64
    ) throws(WebhookVerificationError) {
        let refusal: WebhookVerificationError? = body.withRawBytes { body in
            refusalOf(
                id: id, timestamp: timestamp, signatureHeader: signatureHeader, body: body, secrets: secrets,
                publicKeys: publicKeys, now: now)
        }
        if let refusal { throw refusal }
    }

    public static func verify(
        id: String, timestamp: String, signatureHeader: String, body: UnsafeRawBufferPointer,
        secrets: [WebhookSecret], publicKeys: [WebhookPublicKey] = [], now: Int64
    ) throws(WebhookVerificationError) {
        let refusal = refusalOf(
            id: id, timestamp: timestamp, signatureHeader: signatureHeader, body: body, secrets: secrets,
            publicKeys: publicKeys, now: now)
        if let refusal { throw refusal }
    }

    private static func refusalOf(
        id: String, timestamp: String, signatureHeader: String, body: UnsafeRawBufferPointer,
        secrets: [WebhookSecret], publicKeys: [WebhookPublicKey], now: Int64
    ) -> WebhookVerificationError? {
        guard !(secrets.isEmpty && publicKeys.isEmpty) else { return .noKey }
        guard !id.isEmpty, !id.utf8.contains(UInt8(ascii: ".")) else { return .malformedID }
        guard timestamp.utf8.allSatisfy({ (48...57).contains($0) }), let seconds = Int64(timestamp) else {
            return .malformedTimestamp
        }
        // Both are subtracted from the larger side only, so that no value a sender picks can overflow.
        guard seconds >= now || now - seconds <= toleranceSeconds else { return .timestampTooOld }
        guard seconds <= now || seconds - now <= toleranceSeconds else { return .timestampTooNew }

        let head = head(id, timestamp)
        let entries = entries(of: signatureHeader)
        for secret in secrets {
            let expected = authenticationCode(head: head, body: body, secret: secret)
            if entries.contains(where: { $0.version == "v1" && isEqualInConstantTime($0.signature, expected) }) {
                return nil
            }
        }
        guard !publicKeys.isEmpty else { return .noMatchingSignature }
        let content = head + body
        let isSigned = publicKeys.contains { publicKey in
            entries.contains { $0.version == "v1a" && publicKey.key.isValidSignature($0.signature, for: content) }
        }
        return isSigned ? nil : .noMatchingSignature
    }

    private static func entries(of header: String) -> [(version: Substring, signature: [UInt8])] {
        header.split(separator: " ").prefix(signatureCountMax).compactMap { entry in
            let parts = entry.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let signature = Base64.decode(parts[1]), !signature.isEmpty else { return nil }
            return (parts[0], signature)
        }
    }

    private static func head(_ id: String, _ timestamp: String) -> [UInt8] { Array("\(id).\(timestamp).".utf8) }

    private static func authenticationCode(
        head: [UInt8], body: UnsafeRawBufferPointer, secret: WebhookSecret
    ) -> [UInt8] {
        var code = HMAC<SHA256>(key: SymmetricKey(data: secret.bytes))
        code.update(data: head)
        code.update(data: body)
        return Array(code.finalize())
    }
}
