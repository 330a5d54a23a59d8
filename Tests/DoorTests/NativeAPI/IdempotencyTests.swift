// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

/// Source: reliability.md section 4.
@Suite(.timeLimit(.minutes(5))) struct IdempotencyTests {
    /// Route, body, another body, and whether the operator asks.
    static let writes: [(String, String, String, Bool)] = [
        ("customers", #"{"name":"A"}"#, #"{"name":"B"}"#, false),
        (
            "endpoints", #"{"url":"https://hooks.example.com/1","events":["*"]}"#,
            #"{"url":"https://hooks.example.com/2","events":["*"]}"#, false
        ),
        ("partners", #"{"name":"A"}"#, #"{"name":"B"}"#, true),
    ]

    @Test("the same request with the same key is answered as the first time and done once", arguments: writes)
    func replay(path: String, body: String, other: String, isOperators: Bool) async throws {
        try await DoorWorld.native { world, acme in
            let api = acme.with(isOperators ? world.operatorKey : world.acme.key)
            let first = try await api.post(path, body, headers: ["idempotency-key": "k-1"])
            #expect(first.status == 201)
            #expect(first.header("idempotent-replayed") == nil)
            let count = try await world.activityCount()
            let again = try await api.post(path, body, headers: ["idempotency-key": "\"k-1\""])
            #expect(again.status == 201)
            #expect(again.text == first.text)
            #expect(again.header("idempotent-replayed") == "true")
            let mismatch = try await api.post(path, other, headers: ["idempotency-key": "k-1"])
            #expect(mismatch.status == 422)
            #expect(mismatch["code"] == "idempotency_key_reused")
            #expect(try await world.activityCount() == count)
        }
    }

    @Test("an onboarding with a key begins once, and no second code is stored")
    func onboarding() async throws {
        try await DoorWorld.native { world, api in
            let body = #"{"customer_id":"\#(world.acme.customer)","code":"code-canary"}"#
            let first = try await api.post("onboardings", body, headers: ["idempotency-key": "k"])
            let again = try await api.post("onboardings", body, headers: ["idempotency-key": "k"])
            #expect(first.status == 202)
            #expect(again.status == 202)
            #expect(again["id"] == first["id"])
            #expect(try await api.get("onboardings").count("data") == 1)
        }
    }

    @Test("a key minted with a key is shown again, since the first answer may be lost")
    func mintedKey() async throws {
        try await DoorWorld.native { world, api in
            let path = "partners/\(world.acme.partner)/keys"
            let first = try await api.with(world.operatorKey).post(path, "", headers: ["idempotency-key": "k"])
            let again = try await api.with(world.operatorKey).post(path, "", headers: ["idempotency-key": "k"])
            #expect(first.status == 201)
            #expect(again["key"] == first["key"])
            #expect(try await api.with(first["key"]).get("customers").status == 200)
        }
    }

    @Test("keys of two partners do not meet")
    func scope() async throws {
        try await DoorWorld.native { world, api in
            let acme = try await api.post("customers", #"{"name":"A"}"#, headers: ["idempotency-key": "k"])
            let globex = try await api.with(world.globex.key)
                .post("customers", #"{"name":"A"}"#, headers: ["idempotency-key": "k"])
            #expect(globex.status == 201)
            #expect(globex["id"] != acme["id"])
        }
    }

    @Test("a refusal uses no key up")
    func refusal() async throws {
        try await DoorWorld.native { _, api in
            _ = try await api.post("customers", #"{"name":"A","external_id":"x"}"#)
            let taken = try await api.post(
                "customers", #"{"name":"B","external_id":"x"}"#, headers: ["idempotency-key": "k"])
            #expect(taken.status == 409)
            let other = try await api.post(
                "customers", #"{"name":"B","external_id":"y"}"#, headers: ["idempotency-key": "k"])
            #expect(other.status == 201)
        }
    }

    @Test("a key that is none is refused")
    func invalidKey() async throws {
        try await DoorWorld.native { _, api in
            let answer = try await api.post("customers", #"{"name":"A"}"#, headers: ["idempotency-key": "a b"])
            #expect(answer.status == 400)
            #expect(answer["code"] == "invalid_idempotency_key")
            #expect(try await api.get("customers?external_id=none").count("data") == 0)
        }
    }
}
