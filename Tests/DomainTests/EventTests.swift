// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import Testing

@Suite("Events")
struct EventTests {
    @Test(
        "A filter names every type, one type, or a family",
        arguments: [
            ("*", "whatsapp.message.received", true), ("whatsapp.message.received", "whatsapp.message.received", true),
            ("whatsapp.message.received", "whatsapp.message.status", false),
            ("whatsapp.message.*", "whatsapp.message.status", true), ("whatsapp.waba.*", "whatsapp.waba.deleted", true),
            ("whatsapp.waba.*", "whatsapp.waba_onboarded", false), ("whatsapp.*", "whatsapp.waba_onboarded", true),
            ("whatsapp.onboarding.*", "whatsapp.onboarding.failed", true),
        ])
    func filtering(pattern: String, type: String, matches: Bool) throws {
        let filter = try #require(EventFilter(validating: [pattern]))
        #expect(filter.matches(type) == matches)
    }

    @Test(
        "A pattern that can never match is refused",
        arguments: [[], [""], ["whatsapp"], ["whatsapp*"], ["*.*"], [".*"], ["*", "nothing.*"], ["whatsapp.waba"]])
    func refusedFilters(patterns: [String]) {
        #expect(EventFilter(validating: patterns) == nil)
    }

    @Test(
        "JSON text is escaped. Source: RFC 8259, section 7",
        arguments: [
            (JSONValue.string("a\"b\\c/d"), #""a\"b\\c/d""#),
            (.string("\n\r\t\u{8}\u{0}\u{1f}"), #""\n\r\t\u0008\u0000\u001f""#),
            (.string("é👍\u{2028}"), "\"é👍\u{2028}\""), (.null, "null"), (.bool(false), "false"),
            (.integer(.min), "-9223372036854775808"), (.array([1, "x", .null]), #"[1,"x",null]"#),
            (.object(["b": 1, "a": .array([]), "c": .object([:])]), #"{"a":[],"b":1,"c":{}}"#),
            (.object(["k\"": true]), #"{"k\"":true}"#), (.text(nil), "null"),
        ])
    func printing(value: JSONValue, text: String) {
        #expect(value.text == text)
    }

    @Test("What is printed reads back, whatever the text")
    func roundTrip() throws {
        let texts =
            (0..<0x250).compactMap { Unicode.Scalar($0).map(String.init) } + ["\u{FEFF}", "\u{10FFFF}", "e\u{301}"]
        let printed = JSONValue.array(texts.map { .string($0) }).text
        let read = try JSONDecoder().decode([String].self, from: Data(printed.utf8))
        #expect(read.map { Array($0.unicodeScalars) } == texts.map { Array($0.unicodeScalars) })
    }

    @Test("Every event carries the four ids, null where unknown")
    func eventData() {
        let draft = EventDraft(
            type: .wabaOnboarded, partnerID: PartnerID("prt_1"), wabaID: WABAID("102290129340398"),
            data: ["phone_number": "+15550783881"], dedupeKey: "k")
        #expect(
            draft.dataJSON == """
                {"customer_id":null,"onboarding_id":null,"phone_number":"+15550783881","phone_number_id":null,\
                "waba_id":"102290129340398"}
                """)
    }
}
