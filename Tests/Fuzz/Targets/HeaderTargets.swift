// SPDX-License-Identifier: Apache-2.0

extension FuzzTarget {
    static let headers = [
        FuzzTarget("authorization", group: "headers") { bytes in
            guard let key = HeaderValues.bearerToken(text(bytes)) else { return }
            precondition(!key.hasPrefix(" "), "a key that begins with a space")
        },
        FuzzTarget("idempotency_key", group: "headers") { bytes in
            guard let key = try? HeaderValues.idempotencyKey(text(bytes)) else { return }
            precondition((1...255).contains(key.utf8.count), "a key of another length")
        },
        FuzzTarget("meta_signature", group: "headers") { bytes in
            let verifier = MetaSignatureVerifier(secrets: ["secret", ""])
            precondition(!verifier.isValid(header: text(bytes), body: bytes), "a forgery was believed")
        },
        FuzzTarget("webhook_signature", group: "headers") { bytes in
            let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false).map {
                text(Array($0))
            }
            guard parts.count == 3, let secret = try? WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") else {
                return
            }
            let result = Result { () throws(WebhookVerificationError) in
                try StandardWebhook.verify(
                    id: parts[0], timestamp: parts[1], signatureHeader: parts[2], body: bytes, secrets: [secret],
                    now: 1_764_000_000)
            }
            if case .success = result { preconditionFailure("a forgery was believed") }
        },
        FuzzTarget("webhook_secret", group: "headers") { _ = try? WebhookSecret(text($0)) },
    ]

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
