// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite(.timeLimit(.minutes(1))) struct NativeCustomerTests {
    @Test("a customer is created, found and listed as documented")
    func createFindList() async throws {
        try await DoorWorld.native { world, api in
            let created = try await api.post(
                "customers", #"{"name":"Lucky Shrub","email":"a@b.example","phone":"+1 555 078 3881","external_id":"x-1"}"#)
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
}
