// SPDX-License-Identifier: Apache-2.0
import Crypto

/// A POST to a callback: the exact bytes and their signatures.
struct WebhookBody: Sendable {
    /// Source: Meta, webhooks overview: updates and bytes of one POST.
    static let mostUpdates = 1000
    static let largest = 3 * 1024 * 1024
    private static let envelope = 64

    var bytes: [UInt8]
    /// `X-Hub-Signature-256`; nil where the order was to leave it away.
    var signature: String?
    /// `X-Hub-Signature`, the older SHA-1 one.
    var oldSignature: String?

    /// One update, escaped: non-ASCII as `\uxxxx`, `/` as `\/`. Source: Meta, webhooks overview.
    struct Update: Sendable {
        var webhook: ScheduledEvent.Webhook
        var change: [UInt8]

        init(_ webhook: ScheduledEvent.Webhook) {
            self.webhook = webhook
            let value = (try? JSONParser.parse(webhook.value)) ?? .null
            let json: JSON = ["value": value, "field": .string(webhook.field)]
            change = json.bytes(escaping: .meta)
        }

        var head: [UInt8] {
            var entry: [JSON.Member] = [.init("id", .string(webhook.entryID))]
            if let time = webhook.timeSeconds { entry.append(.init("time", .int(time))) }
            return Array(JSON.object(entry).bytes(escaping: .meta).dropLast() + Array(",\"changes\":[".utf8))
        }

        /// Bytes it adds to a POST at most.
        var size: Int { head.count + change.count + 4 }

        /// An ordered batch gathers the changes of one entry, as Meta may.
        func joins(_ other: Update) -> Bool {
            webhook.batchID != nil && webhook.entryID == other.webhook.entryID
                && webhook.timeSeconds == other.webhook.timeSeconds
        }
    }

    init(_ updates: [Update], secret: String) {
        var out = Array("{\"entry\":[".utf8)
        for (index, update) in updates.enumerated() {
            if index > 0, update.joins(updates[index - 1]) {
                out.append(UInt8(ascii: ","))
            } else {
                out.append(contentsOf: (index > 0 ? "]}," : "").utf8)
                out.append(contentsOf: update.head)
            }
            out.append(contentsOf: update.change)
        }
        out.append(contentsOf: "]}],\"object\":\"whatsapp_business_account\"}".utf8)
        let forgery = updates.lazy.compactMap(\.webhook.forgery).first
        let key = SymmetricKey(data: Array((forgery == .signature ? secret + "forged" : secret).utf8))
        if forgery != .missing {
            signature = "sha256=" + hex(HMAC<SHA256>.authenticationCode(for: out, using: key))
            oldSignature = "sha1=" + hex(HMAC<Insecure.SHA1>.authenticationCode(for: out, using: key))
        }
        // A space more: the same JSON in other bytes than were signed.
        if forgery == .body { out.append(0x20) }
        bytes = out
    }

    /// Whether one more update still fits into a POST that holds `count` updates of `size` bytes.
    static func hasRoom(count: Int, size: Int, for update: Update) -> Bool {
        count < mostUpdates && size + update.size + envelope <= largest
    }
}

/// When a callback that did not answer 200 is called again; Meta names no steps: these are ours.
enum RetrySchedule {
    private static let steps: [Milliseconds] = [
        1000, 5000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 28_800_000,
    ]
    /// Above so many waiting events a failed one is given up at once: a dead callback cannot fill the memory.
    static let mostWaiting = 200_000

    static func delay(afterFailures failures: Int) -> Milliseconds {
        failures <= steps.count ? steps[max(0, failures - 1)] : 43_200_000
    }
}
