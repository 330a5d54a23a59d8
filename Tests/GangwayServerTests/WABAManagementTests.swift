// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import TestSupport
import Testing

/// Seed 003, "Manage WhatsApp Business Accounts", row by row over the API and against the simulator.
@Suite(.timeLimit(.minutes(10))) struct WABAManagementTests {
    private struct Listed: Decodable, Sendable {
        struct Record: Decodable, Sendable {
            let state: String
            let partner_id: String
        }

        let id: String
        let name: String?
        let currency: String?
        let message_template_namespace: String?
        let account_review_status: String?
        let creation_time: String?
        let record: Record?
    }

    private static let start = 1_700_000_000

    private func seeded(_ count: Int, owned: Bool = false, _ server: LocalServer) async throws {
        try await server.sandbox.seed(
            #"{"businesses": \#(count), "owned": \#(owned), "start": \#(Self.start), "spacing_seconds": 60}"#)
    }

    @Test("the client list is paged to its end over 1,000 WABAs", arguments: ServerDatabase.all)
    func clientList(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            try await seeded(1000, server)
            let aboard = try await server.onboarded()
            var pages = 0
            var ids: [String] = []
            var cursor: String?
            repeat {
                let page: ListAnswer<Listed> = try await server.operator.get(
                    "/api/v1/wabas?source=client&limit=100" + (cursor.map { "&cursor=\($0)" } ?? ""))
                ids += page.data.map(\.id)
                for waba in page.data {
                    #expect((waba.record != nil) == (waba.id == aboard.waba_id))
                    #expect(waba.currency == "USD" && waba.message_template_namespace != nil)
                }
                cursor = page.next_cursor
                pages += 1
            } while cursor != nil
            #expect(pages == 11)
            #expect(ids.count == 1001 && Set(ids).count == 1001)
            let calls = try await server.sandbox.calls().filter { $0.operation == "list_client_wabas" }
            #expect(calls.count == 11, "one call of Meta for each page")
        }
    }

    @Test("the owned list is another list")
    func ownedList() async throws {
        try await LocalServer.with(.sqlite) { server in
            try await seeded(7, owned: true, server)
            try await seeded(3, server)
            let owned: [Listed] = try await server.everything("/api/v1/wabas?source=owned&limit=2&", server.operator)
            let client: [Listed] = try await server.everything("/api/v1/wabas?source=client&limit=2&", server.operator)
            #expect(owned.count == 7 && client.count == 3)
            #expect(Set(owned.map(\.id)).isDisjoint(with: client.map(\.id)))
        }
    }

    @Test("filtered by creation time and sorted both ways")
    func filterAndSort() async throws {
        try await LocalServer.with(.sqlite) { server in
            try await seeded(100, server)
            func list(_ query: String) async throws -> [Listed] {
                try await server.everything("/api/v1/wabas?source=client&limit=4&\(query)&", server.operator)
            }
            let ascending = try await list("sort=creation_time_ascending")
            let descending = try await list("sort=creation_time_descending")
            let times = ascending.compactMap(\.creation_time)
            #expect(times.count == 100 && times == times.sorted())
            #expect(descending.map(\.id) == ascending.map(\.id).reversed())
            #expect(times.first == "2023-11-14T22:13:20.000Z")

            let early = try await list("created_before=\(Self.start + 60 * 10)")
            #expect(Set(early.map(\.id)) == Set(ascending.prefix(10).map(\.id)))
            let late = try await list("created_after=\(Self.start + 60 * 89)&sort=creation_time_ascending")
            #expect(late.map(\.id) == ascending.suffix(10).map(\.id))
            // The same moment, written as the API prints times.
            let written = try await list("created_after=\(times[89])&sort=creation_time_ascending")
            #expect(written.map(\.id) == late.map(\.id))
            let window = "created_after=\(Self.start + 60 * 20)&created_before=\(Self.start + 60 * 31)"
            let middle = ascending[21...30].map(\.id)
            for (order, expected) in [("ascending", middle), ("descending", middle.reversed())] {
                #expect(try await list("\(window)&sort=creation_time_\(order)").map(\.id) == expected)
            }
            #expect(try await Set(list(window).map(\.id)) == Set(middle))
            #expect(try await list("created_after=\(Self.start + 60 * 99)").isEmpty)
        }
    }

    @Test("the review status shows all three values, in the list and on the WABA", arguments: ServerDatabase.all)
    func reviewStatus(_ database: ServerDatabase) async throws {
        struct Node: Decodable, Sendable {
            struct Meta: Decodable, Sendable {
                let account_review_status: String?
                let shared: Bool?
            }

            let review_status: String?
            let meta: Meta?
        }
        try await LocalServer.with(database) { server in
            var expected: [String: String] = [:]
            for outcome in ["APPROVED", "REJECTED", "PENDING"] {
                let signup = try await server.sandbox.signUp(
                    #"{"flow": "hosted", "review": {"outcome": "\#(outcome)", "delay_ms": 0}}"#)
                expected[signup.waba_id] = outcome
            }
            let begun: ImportAnswer = try await server.operator.post(
                "/api/v1/imports", #"{"source": "meta", "partner_id": "\#(server.credentials.partner.id)"}"#)
            _ = try await server.imported(begun)
            try await server.activity.until {
                let all: [Listed] = try await server.everything("/api/v1/wabas?source=client&", server.operator)
                return expected == Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.account_review_status ?? "") })
            }
            for (waba, status) in expected {
                let node: Node = try await server.partner.get("/api/v1/wabas/\(waba)?refresh=true")
                #expect(node.meta?.account_review_status == status && node.meta?.shared == true)
                #expect(node.review_status == status, "what was read is on record")
                let kept: Node = try await server.partner.get("/api/v1/wabas/\(waba)")
                #expect(kept.meta == nil)
                let filtered: [Listed] = try await server.everything(
                    "/api/v1/wabas?review_status=\(status)&", server.partner)
                #expect(filtered.map(\.id) == [waba])
            }
        }
    }

    @Test("one WABA shows health, permissions, apps, funding, numbers and certificates")
    func oneWABA() async throws {
        struct Node: Decodable, Sendable {
            struct Token: Decodable, Sendable { let kept: Bool }
            struct Credit: Decodable, Sendable { let state: String; let allocation_id: String? }
            struct Certificate: Decodable, Sendable { let phone_number_id: String; let state: String? }
            struct Number: Decodable, Sendable { let id: String; let status: String? }
            struct App: Decodable, Sendable { let app_id: String }
            struct User: Decodable, Sendable { let user_id: String; let tasks: [String] }
            struct Funding: Decodable, Sendable { let line_attached: Bool; let primary_funding_id: String? }
            struct Health: Decodable, Sendable { let can_send_message: String? }
            struct Meta: Decodable, Sendable {
                let health_status: Health?
                let subscribed_apps: [App]?
                let permissions: [User]?
                let funding: Funding?
                let phone_numbers: [Number]?
                let refusals: [AnyAnswer]
            }

            let state: String
            let token: Token
            let credit: Credit?
            let certificates: [Certificate]
            let phone_numbers: [Number]
            let meta: Meta?
        }
        try await LocalServer.with(.sqlite) { server in
            let signup = try await server.onboarded()
            let node: Node = try await server.partner.get("/api/v1/wabas/\(signup.waba_id)?refresh=true")
            let meta = try #require(node.meta)
            #expect(node.state == "live" && node.token.kept)
            #expect(node.credit?.state == "verified" && node.credit?.allocation_id != nil)
            #expect(node.phone_numbers.map(\.id) == [signup.phone_number_id])
            #expect(node.certificates.map(\.phone_number_id) == [signup.phone_number_id])
            #expect(["ready", "not_ready"].contains(node.certificates.first?.state ?? ""))
            #expect(meta.health_status?.can_send_message == "AVAILABLE")
            #expect(meta.subscribed_apps?.map(\.app_id) == [server.credentials.metaApp.appID])
            #expect(meta.permissions?.first?.tasks.contains("MANAGE") == true)
            #expect(meta.funding?.line_attached == true && meta.funding?.primary_funding_id != nil)
            #expect(meta.phone_numbers?.map(\.status) == ["CONNECTED"])
            #expect(meta.refusals.isEmpty)
            let text: [String] = try await refused("/api/v1/wabas/\(signup.waba_id)?refresh=perhaps", server.partner)
            #expect(text.first?.contains("must be true or false") == true)
        }
    }

    @Test("Meta's lists are the operator's; a cursor serves the list it was given for")
    func guarded() async throws {
        try await LocalServer.with(.sqlite) { server in
            try await seeded(10, server)
            let error = await #expect(throws: Caller.Refused.self) {
                let _: AnyAnswer = try await server.partner.get("/api/v1/wabas?source=client")
            }
            #expect(error?.status == 403)
            let own: ListAnswer<Listed> = try await server.partner.get("/api/v1/wabas")
            #expect(own.data.isEmpty)
            let page: ListAnswer<Listed> = try await server.operator.get("/api/v1/wabas?source=client&limit=2")
            let cursor = try #require(page.next_cursor)
            for query in [
                "source=owned&limit=2&cursor=\(cursor)", "source=client&sort=creation_time_ascending&cursor=\(cursor)",
                "source=client&cursor=AAAA", "source=elsewhere", "source=client&created_after=soon",
                "source=client&customer_id=\(server.credentials.customer.id)", "sort=newest",
            ] {
                let error = await #expect(throws: Caller.Refused.self, "\(query)") {
                    let _: AnyAnswer = try await server.operator.get("/api/v1/wabas?\(query)")
                }
                #expect(error?.status == 400, "\(query)")
            }
        }
    }

    private func refused(_ path: String, _ caller: Caller) async throws -> [String] {
        let error = await #expect(throws: Caller.Refused.self) { let _: AnyAnswer = try await caller.get(path) }
        return [error?.description ?? ""]
    }
}
