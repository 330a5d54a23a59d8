// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPTypes
import SQLEngine
import Store
import TestSupport
import Testing

/// Source: Splashify, "Create customer".
@Suite(.timeLimit(.minutes(5)))
struct SplashifyCustomerTests {
    private static let path = "/api/v1/partner/customers"
    private static let documented =
        #"{"full_name": "Acme Corporation", "email": "ops@acme.example", "phone": "+919876543210"}"#

    private func withDoor(
        _ body: @Sendable @escaping (DoorWorld, SplashifyClient) async throws -> Void
    ) async throws {
        try await DoorWorld.run { world in
            try await SplashifyClient.run(world.worlds, key: world.acme.key) { try await body(world, $0) }
        }
    }

    @Test func theAnswerIsTheDocumentedOne() async throws {
        try await withDoor { world, client in
            let answer = try await client.call(.post, Self.path, Self.documented)
            #expect(answer.status == 201)
            struct Body: Decodable {
                let customer_id: String
            }
            let id = try JSONDecoder().decode(Body.self, from: Data(answer.text.utf8)).customer_id
            #expect(UUID(uuidString: id) != nil)
            let created = world.clock.now().description.prefix(19) + "Z"
            #expect(
                answer.body
                    == canonical(
                        """
                        {"success": true, "message": "Customer created successfully", "customer_id": "\(id)",
                         "customer": {"customer_id": "\(id)", "full_name": "Acme Corporation",
                                      "email": "ops@acme.example", "phone": "+919876543210", "created_at": "\(created)"}}
                        """))
            let stored = try await world.store.read { try $0.customers.find(CustomerID(id)) }
            #expect(stored?.partnerID == world.acme.partner)
        }
    }

    /// Body and message; the document prints one message and says that the text varies with the field.
    private static let bad: [(String, String)] = [
        (#"{"full_name": "Acme", "phone": "+919876543210"}"#, "valid email required"),
        (#"{"full_name": "Acme", "email": "acme.example", "phone": "+919876543210"}"#, "valid email required"),
        (#"{"full_name": "Acme", "email": "a@b", "phone": "+919876543210"}"#, "valid email required"),
        (#"{"full_name": "Acme", "email": "a@b@c.example", "phone": "+919876543210"}"#, "valid email required"),
        (#"{"full_name": "Acme", "email": "a b@c.example", "phone": "+919876543210"}"#, "valid email required"),
        (#"{"full_name": "Acme", "email": 7, "phone": "+919876543210"}"#, "valid email required"),
        (#"{"email": "ops@acme.example", "phone": "+919876543210"}"#, "valid full_name required"),
        (#"{"full_name": " A ", "email": "ops@acme.example", "phone": "+919876543210"}"#, "valid full_name required"),
        (#"{"full_name": "Acme", "email": "ops@acme.example"}"#, "valid phone required"),
        (#"{"full_name": "Acme", "email": "ops@acme.example", "phone": "123456"}"#, "valid phone required"),
        (#"{"full_name": "Acme", "email": "ops@acme.example", "phone": "1234567890123456"}"#, "valid phone required"),
        (#"{"full_name": "Acme", "email": "ops@acme.example", "phone": "12+34567"}"#, "valid phone required"),
        ("[]", "valid JSON body required"),
        ("nonsense", "valid JSON body required"),
    ]

    @Test(arguments: bad) func whatIsWrongIsNamed(_ body: String, _ message: String) async throws {
        try await withDoor { _, client in
            let answer = try await client.call(.post, Self.path, body)
            #expect(answer.status == 400)
            if body != "[]" { #expect(answer.body == failure(message)) }
        }
    }

    /// Lower-cased and trimmed; separators stripped.
    @Test(arguments: [
        (#"{"full_name": "Beta", "email": "  OPS@Acme.Example ", "phone": "+911111111111"}"#, "email"),
        (#"{"full_name": "Beta", "email": "ops@beta.example", "phone": "+91 (98765) 432-10."}"#, "phone"),
    ])
    func whatIsTakenIsToldWithItsField(_ body: String, _ field: String) async throws {
        try await withDoor { world, client in
            #expect(try await client.call(.post, Self.path, Self.documented).status == 201)
            let answer = try await client.call(.post, Self.path, body)
            #expect(answer.status == 409)
            #expect(
                answer.body
                    == canonical(
                        """
                        {"success": false, "message": "a customer with this \(field) already exists", "field": "\(field)"}
                        """))
            let other = try await client.with(key: world.globex.key).call(.post, Self.path, body)
            #expect(other.status == 201)
        }
    }

    @Test func withoutAKeyNothingIsCreated() async throws {
        try await withDoor { _, client in
            let answer = try await client.with(key: nil).call(.post, Self.path, Self.documented)
            #expect(answer.status == 401)
            #expect(answer.body == failure("unauthorized"))
        }
    }

    @Test func aFailingDatabaseIsSaidToBeOne() async throws {
        try await withDoor { world, client in
            #expect(try await client.call(.post, Self.path, "{}").status == 400)
            await world.store.database.close()
            let answer = try await client.call(.post, Self.path, Self.documented)
            #expect(answer.status == 500)
            #expect(answer.body == failure("database error"))
        }
    }
}
