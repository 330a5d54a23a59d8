// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

/// What counts as unknown, as tables. Source: Meta's references as `MetaWords` names them.
@Suite struct MetaVocabularyTests {
    private static func json(_ text: String) throws -> JSONValue { try #require(JSONValue(parsing: text)) }

    @Test(
        arguments: [
            ("read_waba", #"{"id": "1", "name": "x", "account_review_status": "APPROVED"}"#, []),
            ("read_waba", #"{"id": "1", "waac_id": "2"}"#, ["field read_waba waac_id"]),
            ("read_waba", #"{"account_review_status": "ON_HOLD"}"#, ["value read_waba account_review_status ON_HOLD"]),
            ("read_waba", #"{"business_verification_status": "not_verified"}"#, []),
            (
                "list_client_wabas",
                #"{"data": [{"id": "1", "colour": "red"}], "paging": {"cursors": {"before": "a"}}}"#,
                ["field list_client_wabas data[] colour"]
            ),
            (
                "list_phone_numbers", #"{"data": [{"status": "HIBERNATING"}, {"status": "HIBERNATING"}]}"#,
                ["value list_phone_numbers data[].status HIBERNATING"]
            ),
            (
                "read_phone_number", #"{"throughput": {"level": "EXTREME"}}"#,
                ["value read_phone_number throughput.level EXTREME"]
            ),
            (
                "debug_token", #"{"data": {"granular_scopes": [{"scope": "s", "target_ids": ["1"], "until": 5}]}}"#,
                ["field debug_token data.granular_scopes[] until"]
            ),
            ("register", #"{"success": true, "queued": true}"#, ["field register queued"]),
            (
                "send_message",
                #"{"messaging_product": "whatsapp", "contacts": [{"input": "+1", "wa_id": "1", "lid": "2"}]}"#,
                ["field send_message contacts[] lid"]
            ),
            (
                "send_message", #"{"messages": [{"id": "wamid.1", "message_status": "dreamt_of"}]}"#,
                ["value send_message messages[].message_status dreamt_of"]
            ),
            (
                "send_message", #"{"messages": [{"id": "wamid.1", "message_status": "held_for_quality_assessment"}]}"#,
                []
            ),
            (
                "read_profile",
                #"{"data": [{"about": "Any text", "vertical": "SPACE", "messaging_product": "whatsapp"}]}"#,
                ["value read_profile data[].vertical SPACE"]
            ),
            (
                "read_profile", #"{"data": [{"business_profile": {"vertical": "RETAIL", "mood": "good"}}]}"#,
                ["field read_profile data[].business_profile mood"]
            ),
            ("create_solution", #"{"solution_id": "1", "status": "ACTIVE"}"#, ["field create_solution status"]),
            ("sync_business_app", #"{"request_id": "1", "eta": 5}"#, ["field sync_business_app eta"]),
            ("add_phone_number", #"{"id": "1", "pin": "123456"}"#, ["field add_phone_number pin"]),
            ("update_phone_number", #"{"success": true, "review": "1"}"#, ["field update_phone_number review"]),
            ("update_profile", #"{"success": true, "review": "1"}"#, ["field update_profile review"]),
            ("remove_assigned_user", #"{"success": true, "left": 1}"#, ["field remove_assigned_user left"]),
            ("revoke_token", #"{"success": true, "left": 1}"#, ["field revoke_token left"]),
            ("delete_template", #"{"success": true, "left": 1}"#, ["field delete_template left"]),
            ("app_subscribe", #"{"success": true, "left": 1}"#, ["field app_subscribe left"]),
            ("forward", #"{"whatever": 1}"#, []), ("list_templates", #"{"whatever": 1}"#, []),
            ("write_template", #"{"whatever": 1}"#, []),
        ] as [(String, String, [String])])
    func `unknown members and values of answers are found`(operation: String, body: String, found: [String]) throws {
        let keys = MetaVocabulary.novelties(inAnswer: try Self.json(body), of: operation)
        #expect(keys.map { "\($0.kind.rawValue) \($0.place) \($0.word)" } == found)
    }

    @Test(
        arguments: [
            ("account_update", #"{"event": "PARTNER_ADDED", "waba_info": {"waba_id": "1"}}"#, []),
            ("account_update", #"{"event": "PARTNER_PROMOTED"}"#, ["event webhook account_update PARTNER_PROMOTED"]),
            (
                "account_update", #"{"event": "PARTNER_ADDED", "waba_info": {"waac_id": "1"}}"#,
                ["field webhook account_update waba_info waac_id"]
            ),
            (
                "account_review_update", #"{"decision": "MAYBE"}"#,
                ["value webhook account_review_update decision MAYBE"]
            ),
            ("brand_new_field", #"{"a": 1}"#, ["event webhook brand_new_field"]),
            (
                "messages", #"{"messages": [{"type": "text"}, {"type": "hologram", "secret": "s"}]}"#,
                ["value webhook messages messages[].type hologram"]
            ),
            (
                "messages", #"{"statuses": [{"status": "evaporated"}]}"#,
                ["value webhook messages statuses[].status evaporated"]
            ),
            ("history", #"{"anything": {"goes": "HERE"}}"#, []),
            (
                "message_template_quality_update",
                #"{"message_template_id": 1, "previous_quality_score": "GREEN", "new_quality_score": "BLUE", "why": "x"}"#,
                [
                    "value webhook message_template_quality_update new_quality_score BLUE",
                    "field webhook message_template_quality_update why",
                ]
            ),
            (
                "template_category_update",
                #"{"message_template_id": 1, "new_category": "UTILITY", "correct_category": "MARKETING", "by": "x"}"#,
                ["field webhook template_category_update by"]
            ),
            (
                "security", #"{"display_phone_number": "1", "event": "PIN_GUESSED"}"#,
                ["event webhook security PIN_GUESSED"]
            ),
        ] as [(String, String, [String])])
    func `unknown events, members and values of webhooks are found`(
        field: String, value: String, found: [String]
    ) throws {
        let keys = MetaVocabulary.novelties(inWebhook: field, value: try Self.json(value))
        #expect(keys.map { "\($0.kind.rawValue) \($0.place) \($0.word)" } == found)
    }

    /// Whatever may be somebody's text, number or id is never kept as a word.
    @Test(arguments: ["call me at five", "16505551234", String(repeating: "a", count: 65), "a@b.example", "ünïcode"])
    func `a text that is no word is not kept`(text: String) throws {
        let value = JSONValue.object(["decision": .string(text)])
        let keys = MetaVocabulary.novelties(inWebhook: "account_review_update", value: value)
        #expect(keys.map(\.word) == ["other"])
    }

    @Test func `a sample keeps the shape and nothing that is somebody's`() throws {
        let value = try Self.json(
            #"{"event":"NEW_EVENT","id":"102290129340398","n":42,"name":"Lucky Shrub","on":true,"l":["a","b","c","d"]}"#
        )
        #expect(
            value.harmless.text
                == #"{"event":"NEW_EVENT","id":"000000000000000","l":["x","x","x"],"n":0,"name":"x","on":true}"#)
    }

    @Test(arguments: [
        #"{"a":[1,-2,{"b":null}],"c":"\"\\\n\u0001ü🌱","d":true}"#, "[]", "{}", #""x""#, "0", "-9007199254740993",
    ])
    func `JSON that was written is read again`(text: String) throws {
        #expect(try #require(JSONValue(parsing: text)).text == text)
    }

    @Test(arguments: [
        "", "{", "[1,]", #"{"a"}"#, #"{"a":1,}"#, "01x", "1.5", "truth", "\"\u{1}\"", "[1] 2", #""\ud800""#,
        String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
    ])
    func `what is no JSON of ours is not read`(text: String) { #expect(JSONValue(parsing: text) == nil) }

    @Test func `a watch counts, keeps the first sample, and has an end`() throws {
        let watch = MetaWatch()
        let key = NoveltyKey(.value, "read_waba status", "X")
        for number in 1...3 { watch.note(key) { "\"sample \(number)\"" } }
        for number in 1...1_000 { watch.note(NoveltyKey(.field, "p", "w\(number)")) { nil } }
        let seen = watch.drain()
        #expect(seen.count == 500)
        #expect(seen[key]?.count == 3 && seen[key]?.sample == "\"sample 1\"")
        #expect(watch.drain().isEmpty)
        watch.putBack(seen)
        watch.note(key) { nil }
        #expect(watch.drain()[key]?.count == 4)
        watch.note(key) { String(repeating: "x", count: MetaWatch.sampleMax + 1) }
        #expect(watch.drain()[key]?.sample == nil)
    }
}
