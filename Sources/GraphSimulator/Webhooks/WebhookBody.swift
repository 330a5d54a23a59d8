// SPDX-License-Identifier: Apache-2.0
import Crypto

/// A POST to a callback: the exact bytes and their signature.
struct WebhookBody: Sendable {
    var bytes: [UInt8]
    var signature: String

    /// Source: Meta, webhooks overview. Non-ASCII and `/` are escaped before signing.
    init(_ webhooks: [ScheduledEvent.Webhook], secret: String) {
        let entries = webhooks.map { webhook -> JSON in
            var entry: [JSON.Member] = [.init("id", .string(webhook.entryID))]
            if let time = webhook.timeSeconds { entry.append(.init("time", .int(time))) }
            let value = (try? JSONParser.parse(webhook.value)) ?? .null
            let change: JSON = ["value": value, "field": .string(webhook.field)]
            entry.append(.init("changes", .array([change])))
            return .object(entry)
        }
        let body: JSON = ["entry": .array(entries), "object": "whatsapp_business_account"]
        bytes = body.bytes(escaping: .meta)
        let isForged = webhooks.contains(where: \.isForged)
        let key = SymmetricKey(data: Array((isForged ? secret + "forged" : secret).utf8))
        signature = "sha256=" + hex(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
    }
}

/// When a callback that did not answer 200 is called again; Meta gives up after 7 days. The steps are ours.
enum RetrySchedule {
    private static let steps: [Milliseconds] = [
        1000, 5000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 28_800_000,
    ]
    static let lifetime: Milliseconds = 7 * 86_400_000

    static func delay(afterFailures failures: Int) -> Milliseconds {
        failures <= steps.count ? steps[max(0, failures - 1)] : 43_200_000
    }
}
