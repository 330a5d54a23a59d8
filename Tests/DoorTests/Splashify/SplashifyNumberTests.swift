// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPTypes
import Store
import TestSupport
import Testing

/// Source: Splashify, "Phone Numbers", "Register Number".
@Suite(.timeLimit(.minutes(5)))
struct SplashifyNumberTests {
    private static let waba = WABAID("102290129340398")
    private static let number = PhoneNumberID("1234567890875")
    private static let documented = """
        {"id": "1234567890875", "verified_name": "Acme Corp", "display_phone_number": "+91 70215 12345", \
        "code_verification_status": "VERIFIED", "quality_rating": "GREEN", "platform_type": "CLOUD_API", \
        "throughput": {"level": "HIGH"}, "last_onboarded_time": "2023-08-31T10:55:37+0000"}
        """

    /// Acme owns a WABA with one number and its token.
    private func withDoor(
        _ body: @Sendable @escaping (DoorWorld, SplashifyClient) async throws -> Void
    ) async throws {
        try await DoorWorld.run { world in
            try await world.store.seedWABA(Self.waba, of: world.acme.seeded)
            try await world.store.seedPhoneNumber(Self.number, on: Self.waba, of: world.acme.seeded)
            try await world.store.write { tx in
                try tx.secrets.put(BusinessToken("business-token-canary"), as: .businessToken, of: .waba(Self.waba))
            }
            world.graph.answer("list_phone_numbers", with: .json(#"{"data": [\#(Self.documented)]}"#))
            world.graph.answer("register", with: .json(#"{"success": true}"#))
            try await SplashifyClient.run(world.worlds, key: world.acme.key) { try await body(world, $0) }
        }
    }

    private func alias(_ customer: CustomerID) -> String {
        "/api/v1/partner/customers/\(customer)/whatsapp/phone-numbers"
    }

    // MARK: Lists

    @Test func bothPathsShowTheDocumentedList() async throws {
        try await withDoor { world, client in
            let cursor = Data("1234567890875".utf8).base64EncodedString()
            let expected = canonical(
                #"""
                {"data": [\#(Self.documented)], "paging": {"cursors": {"before": "\#(cursor)", "after": "\#(cursor)"}}}
                """#)
            for path in ["/api/v25.0/\(Self.waba)/phone_numbers", alias(world.acme.customer)] {
                let answer = try await client.call(.get, path)
                #expect(answer.status == 200)
                #expect(answer.body == expected)
                #expect(!answer.text.contains("canary"))
            }
        }
    }

    @Test func aCustomerWithoutAWABAYetHasAnEmptyList() async throws {
        try await withDoor { world, client in
            let answer = try await client.with(key: world.globex.key).call(.get, alias(world.globex.customer))
            #expect(answer.status == 200)
            #expect(answer.body == canonical(#"{"data": [], "paging": {"cursors": {"before": "", "after": ""}}}"#))
            #expect(world.graph.calls.isEmpty)
        }
    }

    /// The moment between the share and the token.
    @Test func aWABAWithoutItsTokenYetShowsNothingAndHidesNothing() async throws {
        try await withDoor { world, client in
            try await world.store.seedWABA(
                WABAID("302290129340398"), of: world.acme.seeded, business: BusinessID("706914307656634"),
                state: .onboarding)
            let answer = try await client.call(.get, alias(world.acme.customer))
            #expect(answer.status == 200)
            #expect(answer.text.contains("1234567890875"))
        }
    }

    @Test func aListIsReadInPagesWhereALimitIsGiven() async throws {
        try await withDoor { world, client in
            let all = (1...5).map { #"{"id": "10\#($0)"}"# }.joined(separator: ",")
            world.graph.answer("list_phone_numbers", with: .json(#"{"data": [\#(all)]}"#))
            struct Page: Decodable {
                struct Item: Decodable { let id: String }
                struct Paging: Decodable {
                    struct Cursors: Decodable { let after: String }
                    let cursors: Cursors
                }
                let data: [Item]
                let paging: Paging
            }
            var (seen, after) = ([String](), "")
            repeat {
                let path = "/api/v25.0/\(Self.waba)/phone_numbers?limit=2&after=\(after.replacing("=", with: "%3D"))"
                let answer = try await client.call(.get, path)
                let page = try JSONDecoder().decode(Page.self, from: Data(answer.text.utf8))
                #expect(page.data.count <= 2)
                seen += page.data.map(\.id)
                after = page.paging.cursors.after
            } while !after.isEmpty
            #expect(seen == ["101", "102", "103", "104", "105"])
        }
    }

    @Test(arguments: ["limit=0", "limit=x", "after=nonsense", "before=nonsense"])
    func aWrongQueryIsRefused(_ query: String) async throws {
        try await withDoor { _, client in
            let answer = try await client.call(.get, "/api/v25.0/\(Self.waba)/phone_numbers?\(query)")
            #expect(answer.status == 400)
        }
    }

    // MARK: Whose id

    @Test func anothersIDIs403AndNobodys404() async throws {
        try await withDoor { world, client in
            let stranger = client.with(key: world.globex.key)
            let body = #"{"messaging_product": "whatsapp", "pin": "123456"}"#
            let foreign = [
                try await stranger.call(.get, "/api/v25.0/\(Self.waba)/phone_numbers"),
                try await stranger.call(.post, "/api/v25.0/\(Self.number)/register", body),
            ]
            for answer in foreign {
                #expect(answer.status == 403)
                #expect(answer.body == failure("id does not belong to your account"))
            }
            let unknown = [
                try await stranger.call(.get, "/api/v25.0/999/phone_numbers"),
                try await stranger.call(.get, "/api/v25.0/act_1/phone_numbers"),
                try await stranger.call(.post, "/api/v25.0/999/register", body),
            ]
            for answer in unknown {
                #expect(answer.status == 404)
                #expect(answer.body == failure("id not found"))
            }
            #expect(world.graph.calls.isEmpty)
        }
    }

    @Test func anothersCustomerIsNotFound() async throws {
        try await withDoor { world, client in
            let answer = try await client.with(key: world.globex.key).call(.get, alias(world.acme.customer))
            #expect(answer.status == 404)
            #expect(answer.body == failure("customer not found"))
        }
    }

    // MARK: Registration

    @Test func aNumberIsRegistered() async throws {
        try await withDoor { world, client in
            let answer = try await client.call(
                .post, "/api/v25.0/\(Self.number)/register", #"{"messaging_product": "whatsapp", "pin": "123456"}"#)
            #expect(answer.status == 200)
            #expect(answer.body == #"{"success":true}"#)
            #expect(world.graph.calls == ["register"])
        }
    }

    /// Source: Splashify, "Register Number", error rows as the vendor prints them.
    @Test(arguments: [136_025, 131_045, 136_100])
    func aRefusedRegistrationPassesThrough(_ code: Int) async throws {
        try await withDoor { world, client in
            world.graph.answer("register", with: .failure(.refusal("register", code: code, subcode: nil)))
            let answer = try await client.call(
                .post, "/api/v25.0/\(Self.number)/register", #"{"messaging_product": "whatsapp", "pin": "123456"}"#)
            #expect(answer.status == 400)
            #expect(
                answer.body
                    == canonical(
                        """
                        {"success": false, "message": "(#\(code)) refused",
                         "error": {"message": "(#\(code)) refused", "code": \(code)}}
                        """))
        }
    }

    @Test(arguments: [
        (#"{"pin": "123456"}"#, "messaging_product is required"),
        (#"{"messaging_product": "sms", "pin": "123456"}"#, #"messaging_product must be \"whatsapp\""#),
        (#"{"messaging_product": "whatsapp"}"#, "pin is required"),
        (#"{"messaging_product": "whatsapp", "pin": "12345"}"#, "pin must be 6 digits"),
        (#"{"messaging_product": "whatsapp", "pin": "12345a"}"#, "pin must be 6 digits"),
        (#"{"messaging_product": "whatsapp", "pin": 123456}"#, "pin must be a string"),
        (
            #"{"messaging_product": "whatsapp", "pin": "123456", "new_verified_name": "New"}"#,
            "new_verified_name is not supported here; change the name at Meta"
        ),
    ])
    func aWrongRegistrationIsNotSent(_ body: String, _ message: String) async throws {
        try await withDoor { world, client in
            let answer = try await client.call(.post, "/api/v25.0/\(Self.number)/register", body)
            #expect(answer.status == 400)
            #expect(answer.body == failure(message))
            #expect(world.graph.calls.isEmpty)
        }
    }

    // MARK: What all share

    private struct Call: Sendable {
        let isPost: Bool
        let path: String
    }

    private func calls(_ world: DoorWorld) -> [Call] {
        [
            Call(isPost: false, path: "/api/v25.0/\(Self.waba)/phone_numbers"),
            Call(isPost: false, path: alias(world.acme.customer)),
            Call(isPost: true, path: "/api/v25.0/\(Self.number)/register"),
        ]
    }

    private func send(_ call: Call, by client: SplashifyClient) async throws -> SplashifyClient.Answer {
        let body = #"{"messaging_product": "whatsapp", "pin": "123456"}"#
        return try await client.call(call.isPost ? .post : .get, call.path, call.isPost ? body : nil)
    }

    @Test func withoutAKeyEverythingIsUnauthorized() async throws {
        try await withDoor { world, client in
            for call in calls(world) + [Call(isPost: false, path: "/api/v25.0/1/flows")] {
                let answer = try await send(call, by: client.with(key: nil))
                #expect(answer.status == 401)
                #expect(answer.body == failure("unauthorized"))
            }
        }
    }

    @Test func aPartnerWithoutWhatsAppGetsA503() async throws {
        try await withDoor { world, client in
            let partner = world.acme.partner
            try await world.store.write { tx in _ = try tx.partners.setWhatsApp(isEnabled: false, for: partner) }
            for call in calls(world) {
                let answer = try await send(call, by: client)
                #expect(answer.status == 503)
                #expect(
                    answer.body
                        == failure("WhatsApp integration is not configured for your account. Contact support."))
            }
        }
    }

    @Test func aSilentPlatformIsA502() async throws {
        try await withDoor { world, client in
            for operation in ["list_phone_numbers", "register"] {
                world.graph.answer(operation, with: .failure(.silence(operation)))
            }
            for call in calls(world) {
                let answer = try await send(call, by: client)
                #expect(answer.status == 502)
                #expect(answer.body == failure("WhatsApp request failed. Try again shortly."))
            }
        }
    }

    @Test(arguments: [
        "/api/v25.0/102290129340398/messages", "/api/v25.0/102290129340398/assigned_users", "/api/v25.0/1/a/b/c",
        "/api/v25.0/102290129340398/message_templates/id", "/api/v25.0/102290129340398/register/x",
    ])
    func whatIsNotForwardedIsNotFound(_ path: String) async throws {
        try await withDoor { _, client in
            for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] {
                let answer = try await client.call(method, path)
                #expect(answer.status == 404)
                #expect(answer.body == failure("not found"))
            }
        }
    }
}
