// SPDX-License-Identifier: Apache-2.0
import Testing
import WebhookSignatures

@Suite struct WebhookKeyTests {
    @Test func `a secret reads the same with and without its prefix`() throws {
        let (with, without) = (
            try WebhookSecret("whsec_plJ3nmyCDGBKInavdOK15jsl"), try WebhookSecret("plJ3nmyCDGBKInavdOK15jsl")
        )
        #expect(with == without)
        #expect(without.text == "whsec_plJ3nmyCDGBKInavdOK15jsl")
    }

    @Test(
        "texts that are no secret are refused",
        arguments: [
            ("", .empty), ("whsec_", .empty), ("whsec_abc", .notBase64), ("whsec_!!!!", .notBase64),
            ("whsec_YWJj ", .notBase64),
            ("whsec_YW=j", .notBase64), ("whsec_====", .notBase64),
        ] as [(String, WebhookKeyError)])
    func brokenSecret(text: String, expected: WebhookKeyError) {
        #expect(throws: expected) { try WebhookSecret(text) }
    }

    @Test func `generated secrets have 32 bytes, differ, and survive being written down`() throws {
        let secrets = (0..<50).map { _ in WebhookSecret.generate() }
        #expect(Set(secrets).count == 50)
        for secret in secrets {
            // 32 bytes are 44 characters of base64.
            #expect(secret.text.hasPrefix("whsec_") && secret.text.count == 50)
            #expect(try WebhookSecret(secret.text) == secret)
        }
    }

    @Test func `keys never print themselves`() throws {
        let secret = WebhookSecret.generate()
        let pair = WebhookKeyPair.generate()
        var dumped = ""
        dump(secret, to: &dumped)
        dump(pair, to: &dumped)
        #expect("\(secret) \(pair)" == "*** ***")
        #expect(String(reflecting: [secret]) == "[***]")
        #expect(!dumped.contains("bytes") && !dumped.contains("key"))
    }
}

/// Source: Standard Webhooks, `v1a` vector of the libraries' tests; recomputed.
@Suite struct AsymmetricWebhookTests {
    private let pairText =
        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=="
    private let publicText = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="
    private let signature =
        "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=="
    private let webhook = SignedWebhook.vectors[0]

    private func isAccepted(_ header: String, body: String, key: String) throws -> Bool {
        let key = try WebhookPublicKey(key)
        do {
            try StandardWebhook.verify(
                id: webhook.id, timestamp: String(webhook.timestamp), signatureHeader: header, body: body.utf8,
                secrets: [],
                publicKeys: [key], now: webhook.timestamp)
            return true
        } catch {
            return false
        }
    }

    @Test func `the published signature verifies, and only for its body and key`() throws {
        let stranger = WebhookKeyPair.generate().publicKey.text
        #expect(try isAccepted(signature, body: webhook.body, key: publicText))
        #expect(try !isAccepted(signature, body: webhook.body + " ", key: publicText))
        #expect(try !isAccepted(signature, body: webhook.body, key: stranger))
        #expect(try !isAccepted(webhook.signature, body: webhook.body, key: publicText))
    }

    @Test func `a key pair knows its public key and its signatures verify`() throws {
        let pair = try WebhookKeyPair(pairText)
        #expect(pair.text == pairText)
        #expect(pair.publicKey.text == publicText)
        let signed = try StandardWebhook.sign(
            id: webhook.id, timestamp: webhook.timestamp, body: webhook.body.utf8, keyPair: pair)
        #expect(try isAccepted(signed, body: webhook.body, key: publicText))
        #if os(Linux)
            // CryptoKit on Apple platforms adds randomness to its signatures, so the bytes are fixed here only.
            #expect(signed == signature)
        #endif
    }

    @Test func `keys of the wrong length or with a foreign public half are refused`() throws {
        let foreign = WebhookKeyPair.generate().text
        let mixed = String(pairText.prefix(48)) + String(foreign.dropFirst(48))
        #expect(throws: WebhookKeyError.wrongLength(bytes: 32)) { try WebhookKeyPair(String(publicText.dropFirst(5))) }
        #expect(throws: WebhookKeyError.inconsistent) { try WebhookKeyPair(mixed) }
        #expect(throws: WebhookKeyError.wrongLength(bytes: 3)) { try WebhookPublicKey("whpk_YWJj") }
        #expect(throws: WebhookKeyError.empty) { try WebhookPublicKey("whpk_") }
    }
}
