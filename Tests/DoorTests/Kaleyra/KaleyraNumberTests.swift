// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPTypes
import Services
import Store
import TestSupport
import Testing

/// Source: Kaleyra, "Add a WhatsApp Number", "Add Phone Number", "Verify Phone Number", "Retry OTP for Phone Number".
@Suite(.timeLimit(.minutes(5))) struct KaleyraNumberTests {
    private func path(_ scene: KaleyraScene, _ tail: String) -> String {
        "/v2/\(scene.sid)/whatsapp/\(KaleyraScene.waba)/number/\(tail)"
    }

    private static let verification =
        #"{"id": "106540352242922", "phone_number": "13236001237", "otp": "123456"}"#

    @Test func `a number is added, verified, registered and given the profile that was asked for first`() async throws {
        try await KaleyraScene.run { scene in
            try await scene.giveNumber()
            let graph = scene.world.graph
            graph.answer("list_phone_numbers", with: .json(#"{"data": []}"#))
            graph.answer("add_phone_number", with: .json(#"{"id": "206540352242922"}"#))
            graph.answer(
                "read_phone_number",
                with: .json(
                    #"""
                    {"id": "206540352242922", "display_phone_number": "+49 30 1234567", "verified_name": "Test",
                     "status": "PENDING", "code_verification_status": "NOT_VERIFIED"}
                    """#))
            let added = try await scene.json(
                .post, "/v1/\(scene.sid)/whatsapp/number",
                #"{"display_name": "Test", "wa_number": "+49301234567", "address": "1 Hacker Way"}"#)
            #expect(added.status == 200, "\(added.text)")
            #expect(graph.calls.contains("request_code") && !graph.calls.contains("update_profile"))
            let id = PhoneNumberID("206540352242922")
            #expect(try await scene.world.store.read { try $0.phoneNumbers.wish(for: id) }?.address == "1 Hacker Way")

            let verified = try await scene.json(
                .post, path(scene, "verify"), #"{"id": "\#(id)", "phone_number": "+49301234567", "otp": "123456"}"#)
            #expect(verified.status == 200, "\(verified.text)")
            #expect(graph.calls.suffix(3) == ["verify_code", "register", "update_profile"])
            #expect(try await scene.world.store.read { try $0.phoneNumbers.wish(for: id) } == nil)
            #expect(
                try await scene.world.store.read { try $0.phoneNumbers.find(id, of: nil) }?.facts.isConnected == true)
        }
    }

    @Test func `a wrong OTP changes nothing`() async throws {
        try await KaleyraScene.run { scene in
            try await scene.giveNumber()
            scene.world.graph.answer(
                "verify_code", with: .failure(.refusal("verify_code", code: 136_025, subcode: nil)))
            let before = try await scene.stored()
            let answer = try await scene.json(.post, path(scene, "verify"), Self.verification)
            #expect(answer.status == 400)
            #expect(answer.body == canonical(KaleyraText.refused("WA400", "otp", "The OTP is invalid.")))
            #expect(scene.world.graph.calls == ["verify_code"])
            #expect(try await scene.stored() == before)
        }
    }

    static let malformed: [(String, String, String, String)] = [
        ("verify", "4", "body", "The body must be an object."),
        ("verify", "null", "body", "body field is required and cannot be empty."),
        ("verify", #"[{"otp": "123456"}]"#, "body", "The body must be an object."),
        ("verify", #"{"id": 106540352242922, "otp": "12345"}"#, "otp", "The otp must be 6 digits."),
        ("verify", #"{"id": 106540352242922, "otp": "12345a"}"#, "otp", "The otp must be 6 digits."),
        ("verify", #"{"id": 106540352242922}"#, "otp", "otp field is required and cannot be empty."),
        (
            "verify", #"{"id": "106540352242922", "phone_number": "+4930", "otp": "123456"}"#, "phone_number",
            "The WhatsApp Number is invalid."
        ),
        (
            "verify", #"{"id": "106540352242922", "phone_number": "+49301234567", "otp": "123456"}"#, "phone_number",
            "The WhatsApp Number is not found."
        ),
        ("verify", #"{"id": "1", "otp": "123456"}"#, "phone_number", "The WhatsApp Number is not found."),
        (
            "retry_otp", #"{"id": "106540352242922", "channel": "pigeon"}"#, "channel",
            "The channel must be SMS or VOICE."
        ),
        (
            "add", #"{"phone_number": "1", "name": "Test", "verification_type": "sms", "country_code": "49"}"#,
            "phone_number", "The WhatsApp Number is invalid."
        ),
        (
            "add", #"{"phone_number": "301234567", "verification_type": "sms", "country_code": "49"}"#, "name",
            "name field is required and cannot be empty."
        ),
        (
            "add", #"{"phone_number": "301234567", "name": "Test"}"#, "country_code",
            "country_code field is required and cannot be empty."
        ),
    ]

    @Test(arguments: malformed)
    func `what cannot be is refused before Meta is asked`(
        _ tail: String, _ body: String, _ field: String, _ message: String
    ) async throws {
        try await KaleyraScene.run { scene in
            try await scene.giveNumber()
            let answer = try await scene.json(.post, path(scene, tail), body)
            #expect(answer.status == 400)
            #expect(answer.body == canonical(KaleyraText.refused("WA400", field, message)))
            #expect(scene.world.graph.calls.isEmpty)
        }
    }

    static let spellings: [(String, String)] = [
        ("301234567", "49"), ("+49301234567", "49"), ("+49301234567", "+49"), ("30 123-4567", "DE"),
    ]

    @Test(arguments: spellings)
    func `number and country code are taken in every spelling`(_ number: String, _ code: String) async throws {
        try await KaleyraScene.run { scene in
            try await scene.giveNumber()
            let graph = scene.world.graph
            graph.answer("list_phone_numbers", with: .json(#"{"data": []}"#))
            graph.answer("add_phone_number", with: .json(#"{"id": "206540352242922"}"#))
            graph.answer("read_phone_number", with: .failure(.silence("read_phone_number")))
            let answer = try await scene.json(
                .post, path(scene, "add"),
                #"""
                {"phone_number": "\#(number)", "name": "Test", "verification_type": "VOICE", "country_code": "\#(code)"}
                """#)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.text.contains(#""phone_number":"+49301234567""#))
        }
    }

    @Test func `incoming_url becomes the endpoint of that number's messages, and an empty one ends it`() async throws {
        try await KaleyraScene.run { scene in
            try await scene.giveNumber()
            let (store, path) = (scene.world.store, "/v1/\(scene.sid)/whatsapp/number")
            let body = #"{"wa_number": "+13236001237", "incoming_url": "https://hooks.example.com/a"}"#
            #expect(try await scene.json(.put, path, body).status == 200)
            let changed = body.replacing("/a\"", with: "/b\"")
            #expect(try await scene.json(.put, path, changed).status == 200)
            let other = PhoneNumberID("306540352242922")
            try await store.seedPhoneNumber(
                other, printed: "+1 555-000-0000", on: KaleyraScene.waba, of: scene.world.acme.seeded)
            for (key, type, number) in [
                ("1", EventType.messageReceived, KaleyraScene.number), ("2", .messageReceived, other),
                ("3", .phoneNumberNameUpdated, KaleyraScene.number),
            ] {
                _ = try await store.write { tx in
                    try tx.publish(
                        EventDraft(
                            type: type, partnerID: scene.world.acme.partner, customerID: scene.world.acme.customer,
                            wabaID: KaleyraScene.waba, phoneNumberID: number, dedupeKey: key))
                }
            }
            let services = scene.world.services
            let deliveries = try await services.events.deliveries(PageRequest(), for: scene.world.acmePrincipal)
            #expect(deliveries.items.count == 1)
            let endpoints = try await services.endpoints.list(PageRequest(), for: scene.world.acmePrincipal)
            #expect(endpoints.items.map(\.url) == ["https://hooks.example.com/b"])
            let ended = #"{"wa_number": "+13236001237", "incoming_url": ""}"#
            #expect(try await scene.json(.put, path, ended).status == 200)
            #expect(try await services.endpoints.list(PageRequest(), for: scene.world.acmePrincipal).items.isEmpty)
        }
    }

    @Test func `an incoming_url that leads inside is refused`() async throws {
        try await KaleyraScene.run { scene in
            try await scene.giveNumber()
            let answer = try await scene.json(
                .put, "/v1/\(scene.sid)/whatsapp/number",
                #"{"wa_number": "+13236001237", "incoming_url": "https://127.0.0.1/in"}"#)
            #expect(answer.status == 400)
            #expect(answer.text.contains(#""parameter":"incoming_url""#))
        }
    }
}
