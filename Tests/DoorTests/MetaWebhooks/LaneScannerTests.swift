// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

@testable import MetaWebhooks

/// Source: DESIGN section 3 (a `PARTNER_ADDED` never queues behind messages); Meta, webhooks/reference, the fields.
struct LaneScannerTests {
    private static func changes(_ fields: String...) -> String {
        let changes = fields.map { #"{"value":{},"field":"\#($0)"}"# }.joined(separator: ",")
        return #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[\#(changes)]}]}"#
    }

    private static func text(_ body: String) -> String {
        #"{"entry":[{"changes":[{"field":"messages","value":{"messages":[{"text":{"body":"\#(body)"}}]}}]}]}"#
    }

    private static let table: [(String, NotificationLane)] = [
        (changes("messages"), .messages),
        (changes("smb_message_echoes"), .messages),
        (changes("message_echoes"), .messages),
        (changes("history"), .messages),
        (changes("smb_app_state_sync"), .messages),
        (changes("messages", "messages", "history"), .messages),
        (changes("account_update"), .account),
        (changes("account_review_update"), .account),
        (changes("phone_number_quality_update"), .account),
        (changes("message_template_status_update"), .account),
        (changes("partner_solutions"), .account),
        (changes("something_new"), .account),
        (changes("messages2"), .account),
        (changes("message"), .account),
        // One account-level change takes the batch along, wherever it stands.
        (changes("messages", "account_update"), .account),
        (changes("account_update", "messages", "messages"), .account),
        // Whitespace is no matter.
        ("{\"changes\":[{\"field\" \n:\t\r \"messages\"}]}", .messages),
        ("{ \"field\"   :   \"account_update\" }", .account),
        // Text inside strings is escaped and cannot be taken for a field.
        (text(#"\"field\":\"account_update\""#), .messages),
        (text(#"say \"field"#), .messages),
        (text(#"ends in a backslash \\"#), .messages),
        (text("field"), .messages),
        // A value of that name is no key.
        (#"{"entry":[{"changes":[{"type":"field","field":"messages"}]}]}"#, .messages),
        // What cannot be understood is looked at soon.
        ("", .account),
        ("{}", .account),
        ("nonsense", .account),
        (#"{"field":7}"#, .account),
        (#"{"field":"#, .account),
        (#"{"field":"messages"#, .account),
        (#"{"field""#, .account),
        (#""field""#, .account),
    ]

    @Test(arguments: table) func theLaneIsToldByTheFields(_ body: String, _ lane: NotificationLane) {
        #expect(LaneScanner.lane(of: Array(body.utf8)) == lane)
    }

    /// The search jumps over bytes: it must find the token at every alignment.
    @Test func theTokenIsFoundWhereverItStands() {
        for padding in 0..<40 {
            for filler in ["x", "f", "\"d", "field", "\"fiel"] {
                let noise = String(repeating: filler, count: padding)
                let body = "\(noise) \"field\":\"account_update\""
                #expect(LaneScanner.lane(of: Array((body + "," + Self.changes("messages")).utf8)) == .account)
                let bulk = "\(noise) \"field\":\"messages\""
                #expect(LaneScanner.lane(of: Array(bulk.utf8)) == .messages)
            }
        }
    }
}
