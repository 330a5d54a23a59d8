// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Domain
import FoundationEssentials
import PartnerWebhooks

/// Webhooks as Sinch sends them: a trigger and the whole account or sender as it stands, signed with four headers.
/// Source: Sinch, Webhooks; signature scheme of the Sinch Node SDK.
package struct SinchFormat: WebhookFormat {
    package let name = WebhookFormatName.sinch

    package init() {}

    /// Nothing can be told without what it is about.
    package func render(_ event: Event, for endpoint: Endpoint) -> RenderedEvent? { nil }

    package func render(
        _ event: Event, for endpoint: Endpoint, reading subject: EventSubject.Reader
    ) throws -> RenderedEvent? {
        guard let type = EventType(rawValue: event.type), type == .accountUpdated || type == .senderUpdated,
            let change = try? JSONDecoder().decode(Change.self, from: Data(event.dataJSON.utf8))
        else { return nil }
        let trigger =
            type == .accountUpdated
            ? AccountNews(rawValue: change.change).flatMap { Triggers.trigger(for: $0) }
            : SenderNews(rawValue: change.change).flatMap { Triggers.trigger(for: $0) }
        guard let trigger else { return nil }
        let subject = try subject()
        if let wanted = subject.webhook?.triggers, !wanted.contains("ALL"), !wanted.contains(trigger) { return nil }
        guard let payload = payload(subject, trigger: trigger, at: event.occurredAt) else { return nil }
        var members: [(String, JSONValue)] = [("type", .string(trigger)), ("payload", payload)]
        if let comment = change.comment { members.append(("comment", .string(comment))) }
        // In the order of the documents.
        let body = members.map { JSONValue.string($0).text + ":" + $1.text }.joined(separator: ",")
        return RenderedEvent(body: Array("{\(body)}".utf8))
    }

    private func payload(_ subject: EventSubject, trigger: String, at now: Timestamp) -> JSONValue? {
        if let account = subject.account { return AccountDTO(account).json }
        guard let sender = subject.sender else { return nil }
        let dto = SenderDTO(sender, at: now)
        return trigger == "WHATSAPP_SENDER_DELETED" ? dto.removed : dto.json
    }

    /// `HMAC-SHA256(body + "." + nonce + "." + timestamp)`, keyed with the secret's UTF-8 bytes.
    package func signature(of body: [UInt8], secret: OtherSecret, at now: Timestamp) -> [String: String] {
        var random = SystemRandomNumberGenerator()
        let nonce = UUIDv7(at: now, random: &random).base32.uppercased()
        let timestamp = String(now.seconds)
        let signed = body + Array(".\(nonce).\(timestamp)".utf8)
        let key = SymmetricKey(data: Array(secret.secret.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: key)
        return [
            "x-sinch-webhook-signature": Data(code).base64EncodedString(),
            "x-sinch-webhook-signature-algorithm": "HmacSHA256",
            "x-sinch-webhook-signature-nonce": nonce,
            "x-sinch-webhook-signature-timestamp": timestamp,
        ]
    }
}

private struct Change: Decodable {
    let change: String
    let comment: String?

    enum CodingKeys: String, CodingKey {
        case change
        case comment
    }
}
