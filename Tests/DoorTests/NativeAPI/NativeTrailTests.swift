// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPTypes
import NativeAPI
import SQLEngine
import Store
import TestSupport
import Testing

/// Comments and the audit trail over HTTP.
@Suite(.timeLimit(.minutes(2))) struct NativeTrailTests {
    private static func paths(_ estate: Estate) -> [String] {
        [
            "onboardings/\(estate.onboarding)/comments", "wabas/\(estate.waba)/comments",
            "phone_numbers/\(estate.number)/comments",
        ]
    }

    @Test func `comments of partner and operator stand on the object and in its activities`() async throws {
        try await DoorWorld.native { world, api in
            let estate = try await world.estates().acme
            for path in Self.paths(estate) {
                let text = #"{"text":"PIN comes tomorrow.\nSays \"Ann\" 🌱"}"#
                let added = try await api.send(.post, path, text)
                #expect(added.status == 201)
                let id: String = try #require(added["id"])
                world.clock.advance(by: .seconds(1))
                let answered = try await api.with(world.operatorKey).send(.post, path, #"{"text":"Thanks."}"#)
                #expect(answered.status == 201)
                let list = try await api.get(path)
                #expect(list.count("data") == 2)
                #expect(list.text.contains(id) && list.text.contains("Says \\\"Ann\\\" 🌱"))
                #expect(list["data.0.text"] == "Thanks." && list["data.1.actor"] != list["data.0.actor"])
                let target = path.split(separator: "/")[1]
                let activities = try await api.get("activities?target=\(target)")
                #expect(activities.text.contains(".comment_added") && activities.text.contains(id))
            }
        }
    }

    @Test func `a list of comments shows comments alone and goes on past one page`() async throws {
        try await DoorWorld.native { world, api in
            let estate = try await world.estates().acme
            let path = "onboardings/\(estate.onboarding)/comments"
            for number in 1...3 {
                world.clock.advance(by: .seconds(1))
                #expect(try await api.send(.post, path, #"{"text":"note \#(number)"}"#).status == 201)
            }
            #expect(try await api.send(.post, "onboardings/\(estate.onboarding)/cancel", "{}").status == 200)
            let first = try await api.get(path + "?limit=2")
            #expect(first.count("data") == 2 && first.text.contains("note 3"))
            let cursor: String = try #require(first["next_cursor"])
            let second = try await api.get(path + "?limit=2&cursor=\(cursor)")
            #expect(second.count("data") == 1 && second.text.contains("note 1"))
        }
    }

    @Test(arguments: [
        #"{}"#, #"{"text":""}"#, #"{"text":"\u0000"}"#, #"{"text":"\u0007"}"#, #"{"text":5}"#,
        #"{"text":"a","by":"b"}"#,
        #"{"text":"\#(String(repeating: "x", count: 10_001))"}"#,
    ])
    func `what is no comment is refused and nothing is written`(body: String) async throws {
        try await DoorWorld.native { world, api in
            let estate = try await world.estates().acme
            let answer = try await api.send(.post, "wabas/\(estate.waba)/comments", body)
            #expect(answer.status == 400 && answer["code"] == "invalid_request")
            #expect(try await api.get("wabas/\(estate.waba)/comments").count("data") == 0)
        }
    }

    @Test func `the trail is sealed, verified in parts, and a forged row is found`() async throws {
        try await DoorWorld.native { world, api in
            _ = try await world.estates()
            let api = api.with(world.operatorKey)
            let open = try await api.get("audit")
            #expect(open.status == 200 && open.text.contains(#""head":null"#))
            let sealed = try await api.send(.post, "audit/seal", "{}")
            #expect(sealed.text.contains(#""unsealed":0"#))
            let head = try await world.store.read { try $0.audit.state() }.head
            #expect(head.position > 3 && sealed.text.contains(head.hash))
            let part = try await api.get("audit/verification?limit=2")
            #expect(part.text.contains(#""next_after":2"#) && part.text.contains(#""broken":null"#))
            let whole = try await api.get("audit/verification?after=2&head=\(head)")
            #expect(whole.text.contains(#""broken":null"#) && whole.text.contains(#""next_after":null"#))
            try await world.store.database.write {
                try $0.execute("UPDATE activity SET detail = 'forged' WHERE chain_position = 3")
            }
            let broken = try await api.get("audit/verification")
            #expect(broken.text.contains(#""kind":"altered""#) && broken.text.contains(#""position":3"#))
        }
    }

    /// Reads that have the form of a change, changes that this world cannot make, and one that has nothing left to change.
    private static let exempt: Set<String> = [
        "POST audit/seal", "POST phone_numbers/{id}/refresh", "POST clock", "POST access_token_key/rotate",
        "POST reconciliations/{id}/cancel",
    ]
    private static let changes = IsolationTests.routes.filter {
        $0.method != .get && !$0.path.contains("_id}") && !exempt.contains("\($0.method.rawValue) \($0.path)")
    }

    @Test(arguments: changes) func `every change leaves an activity`(route: NativeRoute) async throws {
        try await DoorWorld.native { world, api in
            let estate = try await world.estates().acme
            world.graph.answer("list_phone_numbers", with: .json(#"{"data": []}"#))
            world.graph.answer("add_phone_number", with: .json(#"{"id": "106540352242999"}"#))
            let caller = api.with(route.audience == .partner ? world.acme.key : world.operatorKey)
            var path = route.path
            if path.contains("{id}") { path = path.replacing("{id}", with: try estate.id(for: path)) }
            let body = route.goodBody?.replacing(
                "00000000-0000-7000-8000-000000000000", with: estate.tenant.customer.rawValue)
            let before = try await world.activityCount()
            let answer = try await caller.send(route.method, path, body)
            #expect((200..<300).contains(answer.status), "\(answer.text)")
            #expect(try await world.activityCount() > before)
        }
    }

    @Test(arguments: ["after=-1", "after=x", "limit=0", "limit=5001", "head=3", "what=3"])
    func `a query that makes no sense is refused`(query: String) async throws {
        try await DoorWorld.native { world, api in
            let answer = try await api.with(world.operatorKey).get("audit/verification?\(query)")
            #expect(answer.status == 400 && answer["code"] == "invalid_request")
        }
    }
}
