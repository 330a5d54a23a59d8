// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import HTTPTypes
import SQLEngine
import Services
import Store
import TestSupport
import Testing

/// Source: reliability.md section 9; graph-api.md sections 4.2, 8.3 and 8.4.
@Suite(.timeLimit(.minutes(5))) struct NativeCustodyTests {
    private static let path = "phone_numbers/106540352242922"

    private func withEstate(_ body: @Sendable (DoorWorld, NativeClient) async throws -> Void) async throws {
        try await DoorWorld.native { world, api in
            _ = try await world.estates()
            try await body(world, api)
        }
    }

    @Test func `a PIN is shown once, recorded, and again when the operator allows it or it changed`() async throws {
        try await withEstate { world, api async throws in
            let first = try await api.post("\(Self.path)/pin/reveal", "{}")
            #expect(first["pin"] == "867530")
            let second = try await api.post("\(Self.path)/pin/reveal", "{}")
            #expect(second.status == 409)
            #expect(second["code"] == "pin_revealed")
            #expect(!second.text.contains("867530"))
            let trail = try await api.get("activities?target=106540352242922")
            #expect(trail.text.contains("phone_number.pin_revealed"))
            #expect(try await api.post("\(Self.path)/pin/allow_reveal", "{}").status == 403)
            let allowed = try await api.with(world.operatorKey).post("\(Self.path)/pin/allow_reveal", "{}")
            #expect(allowed.status == 200)
            #expect(try await api.post("\(Self.path)/pin/reveal", "{}").status == 200)
            #expect(try await api.post("\(Self.path)/pin", #"{"pin": "111111"}"#).status == 200)
            let changed = try await api.post("\(Self.path)/pin/reveal", "{}")
            #expect(changed["pin"] == "111111")
        }
    }

    @Test func `a token is inspected and never shown`() async throws {
        try await withEstate { world, api async throws in
            let app = world.acme.seeded.app
            world.graph.answer(
                "debug_token",
                with: .json(
                    #"""
                    {"data": {"app_id": "\#(app)", "type": "SYSTEM_USER", "is_valid": true, "expires_at": 1900000000,
                     "scopes": ["whatsapp_business_management"], "granular_scopes": [
                      {"scope": "whatsapp_business_management", "target_ids": ["102290129340398"]}]}}
                    """#))
            let answer = try await api.get("wabas/102290129340398/token")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["valid"] == "1")
            #expect(answer["of_our_app"] == "1")
            #expect(answer["granular_scopes.0.target_ids.0"] == "102290129340398")
            #expect(answer["expires_at"] == "2030-03-17T17:46:40.000Z")
            #expect(!answer.text.contains("token-canary"))
        }
    }

    @Test func `a name that is asked for waits for its review and is not asked for twice`() async throws {
        try await withEstate { world, api async throws in
            for _ in 1...2 {
                let answer = try await api.post("\(Self.path)/display_name", #"{"display_name": "Shrub & Co"}"#)
                #expect(answer.status == 202)
                #expect(answer["requested_name"] == "Shrub & Co")
                #expect(answer["requested_name_status"] == "PENDING_REVIEW")
                #expect(answer["verified_name"] == "Lucky Shrub")
            }
            #expect(world.graph.calls == ["update_phone_number"])
        }
    }

    @Test func `what Meta says now is shown and stored`() async throws {
        try await withEstate { world, api async throws in
            world.graph.answer(
                "read_phone_number",
                with: .json(
                    #"""
                    {"id": "{subject}", "status": "CONNECTED", "platform_type": "CLOUD_API", "quality_rating": "GREEN",
                     "throughput": {"level": "HIGH"}, "whatsapp_business_manager_messaging_limit": "TIER_2K",
                     "new_display_name": "Shrub", "new_name_status": "DECLINED"}
                    """#))
            _ = try await api.post("\(Self.path)/refresh", "{}")
            let shown = try await api.get(Self.path)
            #expect(shown["quality_rating"] == "GREEN")
            #expect(shown["throughput_level"] == "HIGH")
            #expect(shown["messaging_limit"] == "TIER_2K")
            #expect(shown["requested_name_status"] == "DECLINED")
            world.graph.answer("read_phone_number", with: .json(#"{"id": "999", "status": "CONNECTED"}"#))
            #expect(try await api.post("\(Self.path)/refresh", "{}").status == 502)
            #expect(try await api.get("phone_numbers/999").status == 404)
        }
    }

    @Test func `a profile is read, and written within Meta's limits`() async throws {
        try await withEstate { world, api async throws in
            let read = try await api.get("\(Self.path)/profile")
            #expect(read["about"] == "Plants")
            let written = try await api.send(
                .patch, "\(Self.path)/profile",
                #"{"about": "Plants", "websites": ["https://shrub.example"], "vertical": "RETAIL", "address": ""}"#)
            #expect(written.status == 200)
            #expect(world.graph.calls == ["read_profile", "update_profile", "read_profile"])
        }
    }

    static let badProfiles = [
        ("{}", ""), (#"{"about": ""}"#, "/about"), (#"{"vertical": "SHOES"}"#, "/vertical"),
        (#"{"websites": ["https://a.example", "https://b.example", "https://c.example"]}"#, "/websites"),
        (#"{"websites": ["ftp://a.example"]}"#, "/websites/0"), (#"{"email": "nobody"}"#, "/email"),
    ]

    @Test("what a profile cannot hold is named and not sent", arguments: badProfiles)
    func bad(body: String, pointer: String) async throws {
        try await withEstate { world, api async throws in
            let answer = try await api.send(.patch, "\(Self.path)/profile", body)
            #expect(answer.status == 400)
            #expect(answer["errors.0.pointer"] == pointer)
            #expect(world.graph.calls.isEmpty)
        }
    }

    @Test func `budgets tell what is left`() async throws {
        try await withEstate { world, api async throws in
            _ = try await api.post("\(Self.path)/deregister", "{}")
            let budgets = try await api.get("\(Self.path)/budgets")
            #expect(budgets["data.0.kind"] == "registration")
            #expect(budgets["data.0.left"] == "9")
            #expect(budgets["data.1.kind"] == "code_request")
            #expect(budgets["data.1.left"] == "10")
            let app = world.acme.seeded.app
            let api = api.with(world.operatorKey)
            let customers = try await api.get("apps/\(app)/budgets")
            #expect(customers["data.0.limit"] == "10")
            // Both estates are of one business.
            #expect(customers["data.0.used"] == "1")
            let set = try await api.send(
                .put, "apps/\(app)",
                #"{"kind": "solution_partner", "business_id": "2729063490586005", "new_customers_max": 200}"#)
            #expect(set["new_customers_max"] == "200")
            let raised = try await api.get("apps/\(app)/budgets")
            #expect(raised["data.0.left"] == "199")
        }
    }

    @Test func `keys of sealed secrets are rotated and shown by id`() async throws {
        try await withEstate { world, api async throws in
            let api = api.with(world.operatorKey)
            let before = try await api.get("encryption")
            #expect(before.count("data_keys") == 1)
            let rotated = try await api.post("encryption/rotate", "{}")
            #expect(rotated.status == 202)
            #expect(rotated.count("data_keys") == 2)
            #expect(rotated["resealing"] == "1")
            #expect(rotated["data_keys.1.id"] == before["data_keys.0.id"])
            #expect(Int(rotated["left"] ?? "") ?? 0 > 0)
        }
    }

    @Test func `a database that does not serve answers 503, and nothing is said to be wrong`() async throws {
        try await withEstate { world, api async throws in
            _ = try await api.get("customers")
            await world.store.database.close()
            let answer = try await api.get("customers")
            #expect(answer.status == 503)
            #expect(answer["code"] == "storage_unavailable")
            #expect(answer.header("retry-after") == "1")
        }
    }

    @Test func `the use of a key is written down`() async throws {
        try await withEstate { world, api async throws in
            _ = try await api.get("customers")
            // Written beside the request: the next write comes after it.
            var lastUsed: String?
            while lastUsed == nil {
                let keys = try await world.services.apiKeys.list(
                    for: Principal(role: .operator, partnerID: nil, actor: "test"))
                lastUsed = keys.compactMap(\.lastUsedAt).first?.description
                await Task.yield()
            }
            #expect(lastUsed == world.clock.now().description)
        }
    }
}
