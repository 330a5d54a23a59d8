// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite(.timeLimit(.minutes(5))) struct NativeCustomerTests {
    @Test("a customer is created, found and listed as documented")
    func createFindList() async throws {
        try await DoorWorld.native { world, api in
            let created = try await api.post(
                "customers",
                #"{"name":"Lucky Shrub","email":"a@b.example","phone":"+1 555 078 3881","external_id":"x-1"}"#)
            #expect(created.status == 201)
            let id = try #require(created["id"])
            let found = try await api.get("customers/\(id)")
            #expect(found.status == 200)
            #expect(found.text == created.text)
            #expect(found["external_id"] == "x-1")
            #expect(found["created_at"] == "2025-11-24T16:00:00.000Z")
            let listed = try await api.get("customers?external_id=x-1")
            #expect(listed.count("data") == 1)
            #expect(listed["data.0.id"] == id)
            #expect(listed["next_cursor"] == nil)
        }
    }

    /// Source: Splashify, "Create customer": how e-mail addresses and phone numbers are compared.
    static let taken = [
        ("email", #"{"name":"B","email":"A@B.example"}"#),
        ("phone", #"{"name":"B","phone":"+1 (555) 078-3881"}"#),
        ("external_id", #"{"name":"B","external_id":"x-1"}"#),
    ]

    @Test("what is taken is taken within one partner only", arguments: taken)
    func conflict(field: String, body: String) async throws {
        try await DoorWorld.native { world, api in
            _ = try await api.post(
                "customers", #"{"name":"A","email":"a@b.example","phone":"+15550783881","external_id":"x-1"}"#)
            let refused = try await api.post("customers", body)
            #expect(refused.status == 409)
            #expect(refused["code"] == "\(field)_taken")
            #expect(refused["errors.0.pointer"] == "/\(field)")
            #expect(try await api.with(world.globex.key).post("customers", body).status == 201)
        }
    }
}
