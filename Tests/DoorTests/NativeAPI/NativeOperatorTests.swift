// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPTypes
import Store
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct NativeOperatorTests {
    @Test("a new partner gets a key, works with it, and loses it")
    func partner() async throws {
        try await DoorWorld.native { world, acme in
            let api = acme.with(world.operatorKey)
            let created = try await api.post("partners", #"{"name":"Initech","default_currency":"EUR"}"#)
            #expect(created.status == 201)
            #expect(created["app_id"] == world.acme.seeded.app.rawValue)
            #expect(created["whatsapp_enabled"] == "1")
            #expect(created["default_currency"] == "EUR")
            let partner = try #require(created["id"])
            let minted = try await api.post("partners/\(partner)/keys", "{}")
            #expect(minted.status == 201)
            let key = try #require(minted["key"])
            #expect(key.hasPrefix("pk_test_"))
            #expect(minted["role"] == "partner")
            #expect(try await api.with(key).post("customers", #"{"name":"A"}"#).status == 201)
            let listed = try await api.with(key).get("keys")
            #expect(listed.count("data") == 1)
            #expect(!listed.text.contains(key))
            let id = try #require(minted["id"])
            #expect(try await api.send(.delete, "keys/\(id)").status == 204)
            #expect(try await api.with(key).get("customers").status == 401)
            #expect(try await api.send(.delete, "keys/\(id)").status == 404)
        }
    }

    @Test("a solution and a business belong to one partner")
    func conflicts() async throws {
        try await DoorWorld.native { world, acme in
            let api = acme.with(world.operatorKey)
            let (own, other) = ("partners/\(world.acme.partner)", "partners/\(world.globex.partner)")
            for (path, body, code) in [
                ("solutions", #"{"solution_id":"774485461512159"}"#, "solution_of_another_partner"),
                ("businesses", #"{"business_id":"506914307656634"}"#, "business_of_another_partner"),
            ] {
                #expect(try await api.post("\(own)/\(path)", body).status == 201)
                #expect(try await api.post("\(own)/\(path)", body).status == 201)
                let conflict = try await api.post("\(other)/\(path)", body)
                #expect(conflict.status == 409)
                #expect(conflict["code"] == code)
            }
        }
    }

    @Test("an app is set and shown without its secrets; secrets that are left out stay")
    func apps() async throws {
        try await DoorWorld.native { world, acme in
            let api = acme.with(world.operatorKey)
            let path = "apps/512345678901234"
            let bare = #"{"kind":"solution_partner","business_id":"2729063490586005"}"#
            let missing = try await api.send(.put, path, bare)
            #expect(missing.status == 400)
            #expect(missing["errors.0.pointer"] == "/app_secret")
            let set = try await api.send(
                .put, path,
                """
                {"kind":"solution_partner","business_id":"2729063490586005","system_user_id":"100081234567890",
                 "extended_credit_line_id":1972385232742146,"config_id":"cfg","app_secret":"secret-canary",
                 "system_token":"token-canary","verify_token":"verify-canary"}
                """)
            #expect(set.status == 200)
            #expect(set["extended_credit_line_id"] == "1972385232742146")
            let changed = try await api.send(.put, path, bare)
            #expect(changed["config_id"] == nil)
            for answer in [set, changed, try await api.get(path), try await api.get("apps")] {
                #expect(answer.status == 200)
                #expect(!answer.text.contains("canary"))
            }
            let kept: SystemToken? = try await world.store.read { tx in
                try tx.secrets.get(.systemToken, of: .app(AppID("512345678901234")))
            }
            #expect(kept == SystemToken("token-canary"))
            #expect(try await api.get("apps/999").status == 404)
        }
    }

    @Test("where several apps are, a new partner's must be named")
    func appMustBeNamed() async throws {
        try await DoorWorld.native { world, acme in
            let api = acme.with(world.operatorKey)
            _ = try await api.send(
                .put, "apps/512345678901234",
                #"{"kind":"tech_provider","business_id":"2729063490586005","app_secret":"s"}"#)
            let refused = try await api.post("partners", #"{"name":"A"}"#)
            #expect(refused.status == 400)
            #expect(refused["errors.0.pointer"] == "/app_id")
            #expect(try await api.post("partners", #"{"name":"A","app_id":"512345678901234"}"#).status == 201)
        }
    }
}
