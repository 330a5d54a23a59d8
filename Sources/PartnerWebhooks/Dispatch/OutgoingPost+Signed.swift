// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import WebhookSignatures

extension OutgoingPost {
    /// The stored bytes, signed for this attempt, in the format's own way too (`dialect`). A format's headers never
    /// replace ours.
    init(
        _ claimed: ClaimedDelivery, to url: EndpointURL, secret: WebhookSecret, dialect: [String: String] = [:],
        userAgent: String, timeout: Duration, at now: Timestamp
    ) {
        let id = claimed.eventID.rawValue
        let signature = StandardWebhook.sign(id: id, timestamp: now.seconds, body: claimed.body, secret: secret)
        var headers: [(name: String, value: String)] = [
            ("content-type", "application/json"), ("user-agent", userAgent), ("webhook-id", id),
            ("webhook-timestamp", String(now.seconds)), ("webhook-signature", signature),
        ]
        let own = Set(headers.map(\.name))
        let others = claimed.headers.merging(dialect) { $1 }
        for (name, value) in others.sorted(by: { $0.key < $1.key }) where !own.contains(name.lowercased()) {
            headers.append((name, value))
        }
        self.init(url: url, headers: headers, body: claimed.body, timeout: timeout)
    }
}
