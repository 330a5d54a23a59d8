// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import Testing

@testable import MetaChanges

@Suite("Notification parser")
struct ParserTests {
    @Test(
        "finds the field wherever Meta left it",
        arguments: [
            (#"{"value":{"event":"PARTNER_APP_INSTALLED","field":"account_update"}}"#, "account_update"),
            (#"{"value":{"event":"PARTNER_ADDED"}}"#, "account_update"),
            (#"{"value":{"decision":"APPROVED"}}"#, "account_review_update"),
            (#"{"value":{"decision":"APPROVED","display_phone_number":"1"}}"#, "phone_number_name_update"),
            (#"{"value":{"event":"FLAGGED","display_phone_number":"1"}}"#, "phone_number_quality_update"),
            (#"{"value":{"event":"PIN_CHANGED","display_phone_number":"1"}}"#, "security"),
            (#"{"value":{"event":"APPROVED","message_template_id":1}}"#, "message_template_status_update"),
            (#"{"value":{"event":"SOLUTION_CREATED","solution_status":"DRAFT"}}"#, "partner_solutions"),
            (#"{"value":{"max_daily_conversations_per_business":2000}}"#, "business_capability_update"),
            (#"{"value":{"statuses":[]}}"#, "messages"),
            (#"{"value":{"surprise":1}}"#, ""),
        ])
    func field(change: String, field: String) throws {
        #expect(try NotificationParser.split(body: notification(change)).map(\.field) == [field])
    }

    @Test("takes a field that stands beside the changes")
    func misplacedField() throws {
        let body = #"{"entry":[{"id":1,"field":"account_update","changes":[{"value":{"event":"ACCOUNT_DELETED"}}]}]}"#
        let changes = try NotificationParser.split(body: Array(body.utf8))
        #expect(changes.map(\.field) == ["account_update"])
        #expect(try changes[0].content.get() == .accountDeleted)
    }

    /// 2^53 + 1 and the largest UInt64: a Double would print neighbours.
    @Test("keeps ids beyond 2^53 that come as numbers", arguments: ["9007199254740993", "18446744073709551615"])
    func largeIDs(id: String) throws {
        let value = #"{"event":"PARTNER_ADDED","waba_info":{"waba_id":\#(id),"owner_business_id":\#(id)}}"#
        let body = #"{"entry":[{"changes":[{"value":\#(value),"field":"account_update"}],"time":5,"id":\#(id)}]}"#
        let change = try #require(try NotificationParser.split(body: Array(body.utf8)).first)
        #expect(change.entryID == id)
        #expect(change.entryTime == Timestamp(seconds: 5))
        #expect(change.wabaID == WABAID(id))
        guard case .partnerAdded(let share) = try change.content.get() else { return #expect(Bool(false)) }
        #expect(share.business == BusinessID(id))
    }

    @Test("keeps each change's own bytes, spaces and escapes included")
    func slices() throws {
        let first = #"{ "field" : "messages", "value":{"x":"\"]}\\", "y" : [ {}, [ ] ]} }"#
        let second = #"{"value":{"decision":"\u0041PPROVED"},"field":"account\u005freview_update"}"#
        let body = "\n {\"entry\" :\t[ { \"changes\" : [ \(first) ,\r\n \(second) ] , \"id\": \"7\" } ] } \n"
        let changes = try NotificationParser.split(body: Array(body.utf8))
        #expect(changes.map { String(decoding: $0.bytes, as: UTF8.self) } == [first, second])
        #expect(try changes[1].content.get() == .accountReview(decision: "APPROVED"))
        #expect(changes.map(\.entryID) == ["7", "7"])
    }

    @Test(
        "reads strings as they were meant",
        arguments: [
            (#""a\/b\"\\\n""#, "a/b\"\\\n"), (#""\u00e9\ud83d\ude00""#, "é😀"), (#""\ud83dx""#, "\u{FFFD}x"),
            (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""a\u0000b""#, "a\u{FFFD}b"), ("\"a\0b\"", "a\u{FFFD}b"),
        ])
    func strings(text: String, expected: String) throws {
        #expect(try MetaJSONReader.read(Array(text.utf8)[...]) == .string(expected))
    }

    static let broken = [
        "42", "null", "[]", "{}", #"{"value":7}"#, #"{"value":{"a":tru}}"#, #"{"value":{"a":"\q"}}"#,
        #"{"value":{"a" 1}}"#, #"{"value":{"event":"PARTNER_ADDED"},"field":"account_update"}"#,
        #"{"value":{},"field":"account_review_update"}"#,
        #"{"value":\#(String(repeating: "[", count: 100_000))\#(String(repeating: "]", count: 100_000))}"#,
    ]

    @Test("loses one bad change and no other of a thousand", arguments: broken)
    func isolation(bad: String) throws {
        let good = (0..<999).map { status("sent", of: "wamid.\($0)") }
        let list = (good[..<500] + [bad] + good[500...]).joined(separator: ",")
        let changes = try NotificationParser.split(body: notification(list))
        #expect(changes.count == 1000)
        let failed = changes.indices.filter { (try? changes[$0].content.get()) == nil }
        #expect(failed == [500])
    }

    @Test(
        "loses one bad entry and no other",
        arguments: ["7", "{}", #"{"changes":{}}"#, #"{"changes":[1 2]}"#, #"{"a"}"#])
    func entryIsolation(bad: String) throws {
        let good = #"{"id":"1","changes":[\#(review("APPROVED"))]}"#
        let changes = try NotificationParser.split(body: Array(#"{"entry":[\#(good),\#(bad),\#(good)]}"#.utf8))
        #expect(changes.map { (try? $0.content.get()) != nil } == [true, false, true])
    }

    @Test("counts messages without an id and keeps the others")
    func messageIsolation() throws {
        let value = #"{"statuses":[{"id":"a","status":"sent"},{"status":"sent"},7],"messages":[{"id":"b"},null]}"#
        let changes = try NotificationParser.split(body: notification(change("messages", value)))
        guard case .messages(let batch) = try changes[0].content.get() else { return #expect(Bool(false)) }
        #expect(batch.statuses.map(\.id) == ["a"])
        #expect(batch.received.map(\.id) == ["b"])
        #expect(batch.unreadable == 3)
    }

    @Test(
        "refuses what is no notification at all",
        arguments: ["", " ", "x", "[]", "{}", #"{"entry":{}}"#, "{\"entry\":[]"])
    func unreadable(body: String) {
        #expect(throws: JSONFault.self) { try NotificationParser.split(body: Array(body.utf8)) }
    }

    @Test("refuses every truncated body")
    func truncated() throws {
        let body = notification(review("APPROVED"), status("sent", of: "wamid.1"), account("ACCOUNT_DELETED"))
        for length in 0..<body.count {
            #expect(throws: JSONFault.self) { try NotificationParser.split(body: Array(body[..<length])) }
        }
        #expect(try NotificationParser.split(body: body).count == 3)
    }
}
