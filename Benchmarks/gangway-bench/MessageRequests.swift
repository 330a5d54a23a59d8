// SPDX-License-Identifier: Apache-2.0
import Foundation
import WebhookSignatures

/// Whole HTTP requests of one length, each with a body of 1,024 bytes: a message as Meta posts it, every one another message,
/// signed with the app's secret.
struct MessageRequests {
    static let bodyBytes = 1024

    let appSecret: String
    let wabaID: String
    let phoneNumberID: String

    /// Writes `count` requests for `path`; returns the length of one. `round` keeps the messages of rounds apart.
    func write(_ count: Int, round: Int, path: String, host: String, to file: URL) throws -> Int {
        var bytes: [UInt8] = []
        var length = 0
        for index in 0..<count {
            let body = try body(round: round, index: index)
            let signature = MetaSignature.header(body: body, secret: appSecret)
            let head =
                "POST \(path) HTTP/1.1\r\nHost: \(host)\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n"
                + "X-Hub-Signature-256: \(signature)\r\nUser-Agent: facebookexternalua\r\n\r\n"
            let before = bytes.count
            bytes += head.utf8
            bytes += body
            length = bytes.count - before
        }
        try Data(bytes).write(to: file)
        return length
    }

    /// Source: Meta, webhooks/reference/messages; the text fills it up. As many of a second as Meta sends at most.
    private func body(round: Int, index: Int) throws -> [UInt8] {
        let number = String(round * 10_000_000 + index + 1_000_000_000)
        let before =
            #"{"object":"whatsapp_business_account","entry":[{"id":"\#(wabaID)","changes":[{"value":{"messaging_product":"#
            + #""whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"\#(phoneNumberID)"},"#
            + #""contacts":[{"profile":{"name":"Sheena Nelson"},"wa_id":"16505551234"}],"messages":[{"from":"16505551234","#
            + #""id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0ZE\#(number)A=","timestamp":"\#(1_764_000_000 + round * 1000 + index / 4000)","type":"text","text":{"body":""#
        let after = #""}}]},"field":"messages"}]}]}"#
        let room = Self.bodyBytes - before.utf8.count - after.utf8.count
        guard room > 0 else { throw BenchFailure(description: "the message is longer than \(Self.bodyBytes) bytes") }
        let text = String(repeating: "Does it come in another color? ", count: room / 31 + 1).prefix(room)
        return Array((before + text + after).utf8)
    }
}
