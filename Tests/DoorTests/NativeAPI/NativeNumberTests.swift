// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Services
import Store
import TestSupport
import Testing

/// Source: graph-api.md sections 8.2 and 8.3, pitfall P5.
@Suite(.timeLimit(.minutes(5))) struct NativeNumberTests {
    private static let number = PhoneNumberID("106540352242922")
    private static let path = "phone_numbers/106540352242922"
    private static let listed = #"""
        {"data": [{"id": "106540352242922", "display_phone_number": "+1 555-078-3881"}]}
        """#
    private static let connected = #"{"id": "106540352242922", "status": "CONNECTED", "platform_type": "CLOUD_API"}"#
    private static let pending = #"{"id": "106540352242922", "status": "PENDING", "platform_type": "NOT_APPLICABLE"}"#

    private func withNumber(_ body: @Sendable (DoorWorld, NativeClient) async throws -> Void) async throws {
        try await DoorWorld.native { world, api in
            _ = try await world.estates()
            try await world.store.write { try $0.secrets.remove(.pin, of: .phoneNumber(Self.number)) }
            try await body(world, api)
        }
    }

    private func tries(_ world: DoorWorld) async throws -> Int {
        try await world.store.read { try $0.phoneNumbers.budget(.registration, of: Self.number).used }
    }

    private func pin(_ world: DoorWorld, _ name: SecretTable.Name = .pin) async throws -> String? {
        let found: RegistrationPIN? = try await world.store.read {
            try $0.secrets.get(name, of: .phoneNumber(Self.number))
        }
        return found?.secret
    }

    @Test func `a new number is added, and one that the WABA has is not added again`() async throws {
        try await withNumber { world, api async throws in
            world.graph.answer("list_phone_numbers", with: .json(Self.listed))
            world.graph.answer("add_phone_number", with: .json(#"{"id": "5550001"}"#))
            world.graph.answer("read_phone_number", with: .failure(.silence("read_phone_number")))
            let new = #"""
                {"waba_id": "102290129340398", "country_code": "49", "phone_number": "15112345678", "verified_name": "New"}
                """#
            let added = try await api.post("phone_numbers", new)
            #expect(added.status == 201, "\(added.text)")
            #expect(added["id"] == "5550001")
            #expect(added["phone_number"] == "+4915112345678")
            #expect(added["code_verification_status"] == "NOT_VERIFIED")
            #expect(added["registration_due_at"] != nil)

            let old = new.replacing("49", with: "1").replacing("15112345678", with: "5550783881")
            let again = try await api.post("phone_numbers", old)
            #expect(again.status == 200, "\(again.text)")
            #expect(again["id"] == Self.number.rawValue)
            #expect(world.graph.calls.filter { $0 == "add_phone_number" }.count == 1)
        }
    }

    @Test func `a number whose creation was not answered is found in the list`() async throws {
        try await withNumber { world, api async throws in
            world.graph.answer("list_phone_numbers", with: .json(#"{"data": []}"#))
            world.graph.answer("add_phone_number", with: .failure(.silence("add_phone_number")))
            let body = #"""
                {"waba_id": "102290129340398", "country_code": "1", "phone_number": "5550783881", "verified_name": "New"}
                """#
            #expect(try await api.post("phone_numbers", body).status == 502)
            world.graph.answer("list_phone_numbers", with: .json(Self.listed))
            #expect(try await api.post("phone_numbers", body).status == 200)
            #expect(world.graph.calls.filter { $0 == "add_phone_number" }.count == 1)
        }
    }

    @Test func `another partner's WABA takes no number`() async throws {
        try await withNumber { world, api async throws in
            let answer = try await api.with(world.globex.key).post(
                "phone_numbers",
                #"{"waba_id":"102290129340398","country_code":"49","phone_number":"15112345678","verified_name":"N"}"#)
            #expect(answer.status == 404)
            #expect(answer["code"] == "waba_not_found")
            #expect(world.graph.calls.isEmpty)
        }
    }

    @Test func `a code is asked for, mistyped and verified`() async throws {
        try await withNumber { world, api async throws in
            let spoken = try await api.post("\(Self.path)/request_code", #"{"method": "VOICE"}"#)
            #expect(spoken["outcome"] == "sent")
            let refusal = GraphError.refusal("verify_code", code: 136_025, subcode: nil)
            world.graph.answer("verify_code", with: .failure(refusal))
            let wrong = try await api.post("\(Self.path)/verify_code", #"{"code": "123-831"}"#)
            #expect(wrong.status == 422)
            #expect(wrong["code"] == "wrong_code")
            #expect(wrong["meta.code"] == "136025")
            world.graph.answer("verify_code", with: .json(#"{"success": true}"#))
            let right = try await api.post("\(Self.path)/verify_code", #"{"code": "123-830"}"#)
            #expect(right["code_verification_status"] == "VERIFIED")
            let types = try await api.get("events")
            #expect(types.text.contains("whatsapp.phone_number.verified"))
        }
    }

    @Test func `the eleventh code request is held back with its date`() async throws {
        try await withNumber { world, api async throws in
            for _ in 1...10 { #expect(try await api.post("\(Self.path)/request_code", "{}").status == 200) }
            let due = (world.clock.now() + .hours(72)).description
            let held = try await api.post("\(Self.path)/request_code", "{}")
            #expect(held.status == 429)
            #expect(held["code"] == "too_many_code_requests")
            #expect(held["next_allowed_at"] == due)
            #expect(world.graph.calls.count == 10)
            world.clock.advance(by: .hours(72))
            #expect(try await api.post("\(Self.path)/request_code", "{}").status == 200)
        }
    }

    @Test func `a number that is verified already needs no code`() async throws {
        try await withNumber { world, api async throws in
            let refusal = GraphError.refusal("request_code", code: 136_024, subcode: nil)
            world.graph.answer("request_code", with: .failure(refusal))
            let answer = try await api.post("\(Self.path)/request_code", "{}")
            #expect(answer["outcome"] == "already_verified")
            let shown = try await api.get(Self.path)
            #expect(shown["code_verification_status"] == "VERIFIED")
        }
    }

    @Test func `a registration without a PIN makes one and seals it`() async throws {
        try await withNumber { world, api async throws in
            let answer = try await api.post("\(Self.path)/register", "{}")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["status"] == "CONNECTED")
            #expect(answer["registration_due_at"] == nil)
            let pin = try #require(try await pin(world))
            #expect(pin.count == 6)
            #expect(try await self.pin(world, .pendingPIN) == nil)
            #expect(!answer.text.contains(pin))
        }
    }

    @Test func `a lost registration is settled by reading, with its PIN and without a second call`() async throws {
        try await withNumber { world, api async throws in
            world.graph.answer("register", with: .failure(.silence("register")))
            world.graph.answer("read_phone_number", with: .failure(.silence("read_phone_number")))
            let lost = try await api.post("\(Self.path)/register", #"{"pin": "123456"}"#)
            #expect(lost.status == 502)
            #expect(try await pin(world, .pendingPIN) == "123456")
            world.graph.answer("read_phone_number", with: .json(Self.connected))
            let settled = try await api.post("\(Self.path)/register", "{}")
            #expect(settled["status"] == "CONNECTED")
            #expect(try await pin(world) == "123456")
            #expect(world.graph.calls.filter { $0 == "register" }.count == 1)
            #expect(try await tries(world) == 1)
        }
    }

    @Test func `a connected number is not registered again`() async throws {
        try await withNumber { world, api async throws in
            world.graph.answer("read_phone_number", with: .json(Self.connected))
            _ = try await api.post("\(Self.path)/register", "{}")
            let again = try await api.post("\(Self.path)/register", "{}")
            #expect(again.status == 409)
            #expect(again["code"] == "already_registered")
            #expect(try await tries(world) == 1)
            // Meta knows better: it was taken away there.
            world.graph.answer("read_phone_number", with: .json(Self.pending))
            #expect(try await api.post("\(Self.path)/register", "{}").status == 200)
            #expect(try await tries(world) == 2)
        }
    }

    @Test func `a refused PIN is not kept and counts`() async throws {
        try await withNumber { world, api async throws in
            let refusal = GraphError.refusal("register", code: 133_005, subcode: nil)
            world.graph.answer("register", with: .failure(refusal))
            let answer = try await api.post("\(Self.path)/register", #"{"pin": "111111"}"#)
            #expect(answer.status == 422)
            #expect(answer["code"] == "pin_mismatch")
            #expect(try await pin(world) == nil)
            #expect(try await pin(world, .pendingPIN) == nil)
            #expect(try await tries(world) == 1)
            #expect(try await api.post("\(Self.path)/pin", #"{"pin": "222222"}"#).status == 200)
            #expect(try await pin(world) == "222222")
        }
    }

    @Test func `what never reached Meta does not count`() async throws {
        try await withNumber { world, api async throws in
            let unsent = GraphError(class: .transient, reach: .notSent, operation: "register", message: "no connection")
            world.graph.answer("register", with: .failure(unsent))
            #expect(try await api.post("\(Self.path)/register", "{}").status == 502)
            #expect(try await tries(world) == 0)
        }
    }

    @Test func `Meta's own lock holds back what follows`() async throws {
        try await withNumber { world, api async throws in
            let lock = GraphError(
                class: .wait, reach: .answered, operation: "deregister", httpStatus: 400, code: 133_016,
                message: "(#133016) locked", retryAfter: .hours(72))
            world.graph.answer("deregister", with: .failure(lock))
            let due = (world.clock.now() + .hours(72)).description
            let refused = try await api.post("\(Self.path)/deregister", "{}")
            #expect(refused.status == 429)
            #expect(refused["next_allowed_at"] == due)
            let held = try await api.post("\(Self.path)/register", "{}")
            #expect(held["code"] == "too_many_registrations")
            #expect(held["next_allowed_at"] == due)
            #expect(world.graph.calls == ["deregister"])
        }
    }

    @Test func `a deregistered number shows so`() async throws {
        try await withNumber { _, api async throws in
            let answer = try await api.post("\(Self.path)/deregister", "{}")
            #expect(answer.status == 200)
            #expect(answer["status"] == "DISCONNECTED")
        }
    }

    static let badBodies = [
        ("", #"{"waba_id": "1", "country_code": "+49", "phone_number": "1", "verified_name": "N"}"#, "/country_code"),
        (
            "", #"{"waba_id": "1", "country_code": "49", "phone_number": "15 11", "verified_name": "N"}"#,
            "/phone_number"
        ),
        ("/request_code", #"{"language": "EN"}"#, "/language"), ("/request_code", #"{"method": "MAIL"}"#, "/method"),
        ("/verify_code", "{}", "/code"), ("/verify_code", #"{"code": "abc"}"#, "/code"),
        ("/register", #"{"pin": "12345"}"#, "/pin"), ("/pin", #"{"pin": "12345a"}"#, "/pin"),
    ]

    @Test("what is wrong is named and not sent", arguments: badBodies)
    func bad(route: String, body: String, pointer: String) async throws {
        try await withNumber { world, api async throws in
            let answer = try await api.post(route.isEmpty ? "phone_numbers" : Self.path + route, body)
            #expect(answer.status == 400)
            #expect(answer["errors.0.pointer"] == pointer)
            #expect(world.graph.calls.isEmpty)
        }
    }
}
