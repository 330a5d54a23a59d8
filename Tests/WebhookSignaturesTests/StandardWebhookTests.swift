// SPDX-License-Identifier: Apache-2.0
import Testing
import WebhookSignatures

struct SignedWebhook: Sendable, CustomTestStringConvertible {
    var secret: String
    var id: String
    var timestamp: Int64
    var body: String
    var signature: String

    var testDescription: String { id }

    /// Source: Standard Webhooks, libraries' own tests; recomputed.
    static let vectors = [
        SignedWebhook(
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp: 1_614_265_330, body: #"{"test": 2432232314}"#,
            signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        SignedWebhook(
            secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", id: "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            timestamp: 1_649_367_553, body: #"{"email":"test@example.com","username":"test_user"}"#,
            signature: "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="),
        SignedWebhook(
            secret: "whsec_plJ3nmyCDGBKInavdOK15jsl", id: "msg_loFOjxBNrRLzqYUf", timestamp: 1_731_705_121,
            body: #"{"event_type":"ping","data":{"success":true}}"#,
            signature: "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="),
    ]
}

private typealias Refusal = WebhookVerificationError

/// Nil when accepted.
private func refusal(
    _ webhook: SignedWebhook, id: String? = nil, timestamp: String? = nil, header: String? = nil, body: String? = nil,
    secrets: [String]? = nil, at now: Int64? = nil
) throws -> WebhookVerificationError? {
    let secrets = try (secrets ?? [webhook.secret]).map { try WebhookSecret($0) }
    do throws(WebhookVerificationError) {
        try StandardWebhook.verify(
            id: id ?? webhook.id, timestamp: timestamp ?? String(webhook.timestamp),
            signatureHeader: header ?? webhook.signature, body: (body ?? webhook.body).utf8, secrets: secrets,
            now: now ?? webhook.timestamp)
        return nil
    } catch {
        return error
    }
}

@Suite struct StandardWebhookTests {
    private let webhook = SignedWebhook.vectors[0]

    @Test("signs as the published vectors do, and verifies them", arguments: SignedWebhook.vectors)
    func vector(_ webhook: SignedWebhook) throws {
        let secret = try WebhookSecret(webhook.secret)
        let signature = StandardWebhook.sign(
            id: webhook.id, timestamp: webhook.timestamp, body: webhook.body.utf8, secret: secret)
        #expect(signature == webhook.signature)
        #expect(try refusal(webhook) == nil)
    }

    @Test func `raw buffers and arrays give the same signature as text`() throws {
        let secret = try WebhookSecret(webhook.secret)
        let bytes = Array(webhook.body.utf8)
        let raw = bytes.withUnsafeBytes { raw in
            StandardWebhook.sign(id: webhook.id, timestamp: webhook.timestamp, body: raw, secret: secret)
        }
        let scattered = StandardWebhook.sign(
            id: webhook.id, timestamp: webhook.timestamp, body: bytes.lazy.map { $0 }, secret: secret)
        #expect(raw == webhook.signature)
        #expect(scattered == webhook.signature)
        #expect(throws: Never.self) {
            try bytes.withUnsafeBytes { raw in
                try StandardWebhook.verify(
                    id: webhook.id, timestamp: String(webhook.timestamp), signatureHeader: webhook.signature, body: raw,
                    secrets: [secret], now: webhook.timestamp)
            }
        }
    }

    @Test func `anything tampered with is refused`() throws {
        let other = SignedWebhook.vectors[1]
        let flipped = "v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        let truncated = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1A=="
        #expect(try refusal(webhook, body: #"{"test": 2432232315}"#) == .noMatchingSignature)
        #expect(try refusal(webhook, body: "") == .noMatchingSignature)
        #expect(try refusal(webhook, id: "msg_other") == .noMatchingSignature)
        #expect(try refusal(webhook, timestamp: "1614265331") == .noMatchingSignature)
        #expect(try refusal(webhook, secrets: [other.secret]) == .noMatchingSignature)
        #expect(try refusal(webhook, header: flipped) == .noMatchingSignature)
        #expect(try refusal(webhook, header: truncated) == .noMatchingSignature)
    }

    @Test(
        "headers that hold no whole v1 signature are refused",
        arguments: [
            "", " ", "v1", "v1,", ",", "v1,g0hM9SsE", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=",
        ])
    func brokenHeader(_ header: String) throws {
        #expect(try refusal(webhook, header: header) == .noMatchingSignature)
    }

    @Test func `one good signature among others and unknown versions is enough`() throws {
        let header = "v1,\(String(repeating: "A", count: 43))= v9,zzzz nonsense \(webhook.signature) v1a,AAAA"
        #expect(try refusal(webhook, header: header) == nil)
    }

    @Test func `during rotation either secret verifies what both have signed`() throws {
        let (old, new) = (try WebhookSecret(webhook.secret), WebhookSecret.generate())
        let header = StandardWebhook.signatureHeader(
            id: webhook.id, timestamp: webhook.timestamp, body: webhook.body.utf8, secrets: [new, old])
        #expect(header.split(separator: " ").count == 2)
        #expect(header.hasSuffix(" " + webhook.signature))
        #expect(try refusal(webhook, header: header, secrets: [old.text]) == nil)
        #expect(try refusal(webhook, header: header, secrets: [new.text]) == nil)
        #expect(try refusal(webhook, secrets: [new.text, old.text]) == nil)
    }

    /// Source: Standard Webhooks, tolerance of the Python, JavaScript, Rust and Go libraries: five minutes both ways.
    @Test(
        "timestamps within five minutes are accepted, both ways",
        arguments: [
            (0, nil), (300, nil), (-300, nil), (301, Refusal.timestampTooOld), (-301, .timestampTooNew),
            (86_400, .timestampTooOld), (-86_400, .timestampTooNew),
        ] as [(Int64, WebhookVerificationError?)])
    func tolerance(age: Int64, expected: WebhookVerificationError?) throws {
        #expect(try refusal(webhook, at: webhook.timestamp + age) == expected)
    }

    @Test(
        "timestamps that are not whole seconds are refused",
        arguments: ["", "now", "1614265330.5", "+1614265330", " 1", "99999999999999999999"])
    func malformedTimestamp(_ timestamp: String) throws {
        #expect(try refusal(webhook, timestamp: timestamp) == .malformedTimestamp)
    }

    @Test func `a timestamp at the end of the number range does not trap`() throws {
        #expect(try refusal(webhook, timestamp: String(Int64.max)) == .timestampTooNew)
        #expect(try refusal(webhook, timestamp: "0", at: Int64.max) == .timestampTooOld)
    }

    @Test(
        "ids that could move the border between id and timestamp are refused", arguments: ["", "msg.1614265330", "."])
    func malformedID(_ id: String) throws {
        #expect(try refusal(webhook, id: id) == .malformedID)
    }

    @Test func `without any key nothing verifies`() throws {
        #expect(try refusal(webhook, secrets: []) == .noKey)
    }
}
