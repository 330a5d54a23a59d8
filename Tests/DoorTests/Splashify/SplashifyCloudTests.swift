// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GraphClient
import HTTPTypes
import SQLEngine
import Store
import TestSupport
import Testing

/// Source: Splashify, "WhatsApp API — Overview": the catalogue of Graph-shaped calls.
@Suite(.timeLimit(.minutes(5)))
struct SplashifyCloudTests {
    private static let waba = WABAID("102290129340398")
    private static let number = PhoneNumberID("1234567890875")
    private static let base = "/api/v25.0/102290129340398"

    /// Acme owns a WABA with one number, its token and template 900; Globex owns template 901.
    private func withDoor(
        _ body: @Sendable @escaping (DoorWorld, SplashifyClient) async throws -> Void
    ) async throws {
        try await DoorWorld.run { world in
            let theirs = WABAID("202290129340398")
            try await world.store.seedWABA(Self.waba, of: world.acme.seeded)
            try await world.store.seedWABA(theirs, of: world.globex.seeded, business: BusinessID("606914307656634"))
            try await world.store.seedPhoneNumber(Self.number, on: Self.waba, of: world.acme.seeded)
            try await world.store.write { tx in
                try tx.secrets.put(BusinessToken("business-token-canary"), as: .businessToken, of: .waba(Self.waba))
                try tx.cloudObjects.remember([CloudObjectID("900")], on: Self.waba)
                try tx.cloudObjects.remember([CloudObjectID("901")], on: theirs)
            }
            world.graph.answer("forward", with: .json(#"{"data":[]}"#))
            try await SplashifyClient.run(world.worlds, key: world.acme.key) { try await body(world, $0) }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        let meta: String
        var query: [String: String] = [:]
        var body: String?
        var testDescription: String { "\(method) \(path)" }

        init(
            _ method: HTTPRequest.Method, _ path: String, _ meta: String, _ query: [String: String] = [:],
            body: String? = nil
        ) {
            (self.method, self.path, self.meta, self.query, self.body) = (method, path, meta, query, body)
        }
    }

    /// The catalogue row by row, and what Meta is asked.
    private static let rows = [
        Row(.get, base + "?fields=health_status", "102290129340398", ["fields": "health_status"]),
        Row(
            .get,
            base + "?fields=analytics.start(1680503760).end(1680564980).granularity(DAY).country_codes(%5B%22US%22%5D)",
            "102290129340398",
            ["fields": #"analytics.start(1680503760).end(1680564980).granularity(DAY).country_codes(["US"])"#]),
        Row(
            .get, base + "?fields=conversation_analytics.start(1).end(2).dimensions(%5B%22COUNTRY%22%2C%22PHONE%22%5D)",
            "102290129340398",
            ["fields": #"conversation_analytics.start(1).end(2).dimensions(["COUNTRY","PHONE"])"#]),
        Row(
            .get, base + "?fields=call_analytics.start(1).end(2).granularity(DAILY)", "102290129340398",
            ["fields": "call_analytics.start(1).end(2).granularity(DAILY)"]),
        Row(
            .get, base + "/template_analytics?start=1&end=2&granularity=DAILY&template_ids=%5B900%5D",
            "102290129340398/template_analytics",
            ["start": "1", "end": "2", "granularity": "DAILY", "template_ids": "[900]"]),
        Row(
            .post, base + "?is_enabled_for_insights=true", "102290129340398", ["is_enabled_for_insights": "true"]),
        Row(
            .post, base + "/message_templates", "102290129340398/message_templates",
            body: #"{"name": "hello", "category":"UTILITY", "language":"en_US", "components":[ ]}"#),
        Row(
            .get, base + "/message_templates?limit=2&fields=name,status", "102290129340398/message_templates",
            ["limit": "2", "fields": "name,status"]),
        Row(.get, base + "/message_templates/id/900", "900"),
        Row(.post, base + "/message_templates/id/900", "900", body: #"{"category":"MARKETING"}"#),
        Row(
            .delete, base + "/message_templates?name=hello", "102290129340398/message_templates", ["name": "hello"]),
        Row(
            .get, base + "/message_template_previews?category=AUTHENTICATION&languages=en_US",
            "102290129340398/message_template_previews", ["category": "AUTHENTICATION", "languages": "en_US"]),
        Row(
            .get, "/api/v25.0/900/compare?template_ids=%5B902%5D&start=1&end=2", "900/compare",
            ["template_ids": "[902]", "start": "1", "end": "2"]),
        Row(.get, base + "/flows", "102290129340398/flows"),
        Row(.post, base + "/flows", "102290129340398/flows", body: #"{"name":"f","categories":["OTHER"]}"#),
        Row(.get, "/api/v25.0/1234567890875?fields=name_status", "1234567890875", ["fields": "name_status"]),
    ]

    @Test(arguments: rows) func theCallGoesToMetaWithTheCustomersToken(_ row: Row) async throws {
        try await withDoor { world, client in
            let answer = try await client.call(row.method, row.path, row.body)
            #expect(answer.status == 200)
            #expect(answer.text == #"{"data":[]}"#)
            let call = try #require(world.graph.forwarded.first)
            #expect(call.method.rawValue == row.method.rawValue)
            #expect(call.path == row.meta)
            #expect(Dictionary(call.query) { $1 } == row.query)
            if case .raw(let bytes, let type) = call.body {
                #expect(String(decoding: bytes, as: UTF8.self) == row.body)
                #expect(type == "application/json")
            } else {
                #expect(row.body == nil)
            }
            guard case .bearer(let token) = call.credential else { throw Missing() }
            #expect(token.secret == "business-token-canary")
            #expect(call.subject == Self.waba.rawValue)
        }
    }

    private struct Missing: Error {}

    @Test(arguments: rows) func anothersAndUnknownIDsGetNothing(_ row: Row) async throws {
        try await withDoor { world, client in
            let stranger = try await client.with(key: world.globex.key).call(row.method, row.path, row.body)
            #expect(stranger.status == 403)
            #expect(stranger.body == failure("id does not belong to your account"))
            let path = row.path.replacing("102290129340398", with: "777").replacing("/900/", with: "/777/")
                .replacing("1234567890875", with: "777")
            let unknown = try await client.call(row.method, path, row.body)
            #expect(unknown.status == 404)
            #expect(unknown.body == failure("id not found"))
            #expect(world.graph.calls.isEmpty)
        }
    }

    /// Not in the catalogue, or a way around it.
    @Test(arguments: [
        (HTTPRequest.Method.get, "", "fields is required"),
        (.get, "?fields=owner_business_info", "fields is not supported by this call"),
        (.get, "?fields=health_status,owner_business_info", "fields is not supported by this call"),
        (.get, "?fields=analytics.start(1)%7Bx%7D", "fields is not supported by this call"),
        (.get, "?fields=health_status%7Bentities%7D", "fields is not supported by this call"),
        (.get, "?fields=", "fields is not supported by this call"),
        (.get, "?fields=health_status&access_token=x", "access_token is not supported by this call"),
        (.get, "?fields=health_status&method=delete", "method is not supported by this call"),
        (.get, "?fields=health_status&fields=id", "fields must come once"),
        (.get, "/message_templates?fields=name,application%7Bid%7D", "fields is not supported by this call"),
        (.get, "/flows?method=post", "method is not supported by this call"),
        (.post, "", "is_enabled_for_insights is required"),
        (.post, "?is_enabled_for_insights=false", "is_enabled_for_insights must be true"),
        (.post, "?is_enabled_for_insights=true&name=x", "name is not supported by this call"),
    ])
    func aParameterThatTheCallDoesNotNameIsRefused(
        _ method: HTTPRequest.Method, _ path: String, _ message: String
    ) async throws {
        try await withDoor { world, client in
            let answer = try await client.call(method, Self.base + path)
            #expect(answer.status == 400)
            #expect(answer.body == failure(message))
            #expect(world.graph.calls.isEmpty)
        }
    }

    @Test(arguments: [
        (#"{"method":"delete"}"#, "method is not supported by this call"),
        (#"{"name":"x","access_token":"y"}"#, "access_token is not supported by this call"),
        (#"{"me\u0074hod":"delete"}"#, "method is not supported by this call"),
        ("[]", "valid JSON body required"), ("", "valid JSON body required"), ("{", "valid JSON body required"),
    ])
    func aBodyWithGraphsControlsIsRefused(_ body: String, _ message: String) async throws {
        try await withDoor { world, client in
            for path in ["/message_templates", "/flows", "/message_templates/id/900"] {
                let answer = try await client.call(.post, Self.base + path, body)
                #expect(answer.status == 400)
                #expect(answer.body == failure(message))
            }
            let insights = try await client.call(.post, Self.base + "?is_enabled_for_insights=true", #"{"name":"x"}"#)
            #expect(insights.body == failure("a body is not supported by this call"))
            #expect(world.graph.calls.isEmpty)
        }
    }

    @Test func aTemplateOfAnotherPartnerIsNotReadThroughAWABAOfOnesOwn() async throws {
        try await withDoor { world, client in
            for (path, status) in [
                ("/message_templates/id/901", 404), ("/template_analytics?template_ids=%5B900,901%5D", 403),
                ("/message_templates/id/abc", 404),
            ] {
                #expect(try await client.call(.get, Self.base + path).status == status)
            }
            let compared = try await client.call(.get, "/api/v25.0/900/compare?template_ids=901")
            #expect(compared.status == 403)
            #expect(world.graph.calls.isEmpty)
        }
    }

    @Test func templatesThatMetaShowedAreKnownAfterwards() async throws {
        try await withDoor { world, client in
            let before = try await client.call(.get, "/api/v25.0/950/compare")
            #expect(before.status == 404)
            world.graph.answer("forward", with: .json(#"{"data":[{"id":"950","name":"a"},{"id":"951"}]}"#))
            #expect(try await client.call(.get, Self.base + "/message_templates").status == 200)
            world.graph.answer("forward", with: .json(#"{"id":"952","status":"PENDING"}"#))
            #expect(try await client.call(.post, Self.base + "/message_templates", #"{"name":"x"}"#).status == 200)
            for id in ["950", "951", "952"] {
                #expect(try await client.call(.get, "/api/v25.0/\(id)/compare").status == 200)
                #expect(
                    try await client.with(key: world.globex.key).call(.get, "/api/v25.0/\(id)/compare").status == 403)
            }
        }
    }

    /// Meta's own links carry the token; all else comes as it is, numbers and escapes included.
    @Test func theAnswerComesAsItIsButForLinks() async throws {
        try await withDoor { world, client in
            world.graph.answer(
                "forward",
                with: .json(
                    #"{"data":[{"n":1.50,"t":"\u00e9\/", "id":"1"}],"paging":{"cursors":{"before":"a","after":"b"},"#
                        + #""next":"https://graph.facebook.com/v26.0/1?access_token=T"}}"#))
            let answer = try await client.call(.get, Self.base + "/message_templates")
            #expect(
                answer.text
                    == #"{"data":[{"n":1.50,"t":"\u00e9\/","id":"1"}],"paging":{"cursors":{"before":"a","after":"b"}}}"#
            )
        }
    }

    /// "4xx of the platform: passed through with the platform's own status code"; the body's shape is not verified.
    @Test(arguments: [400, 403, 404, 429]) func metasRefusalPassesThroughInItsOwnWords(_ status: Int) async throws {
        try await withDoor { world, client in
            var refusal = GraphError.refusal("forward", status: status)
            refusal.envelope = #"{"error":{"message":"(#100) refused","type":"OAuthException","code":100,"x":1.0}}"#
            world.graph.answer("forward", with: .failure(refusal))
            let answer = try await client.call(.get, Self.base + "/flows")
            #expect(answer.status == status)
            #expect(
                answer.text
                    == #"{"success":false,"message":"(#100) refused","error":{"message":"(#100) refused","#
                    + #""type":"OAuthException","code":100,"x":1.0}}"#)
        }
    }

    @Test func aSilentPlatformIsA502() async throws {
        try await withDoor { world, client in
            world.graph.answer("forward", with: .failure(.silence("forward")))
            let answer = try await client.call(.get, Self.base + "/flows")
            #expect(answer.status == 502)
            #expect(answer.body == failure("WhatsApp request failed. Try again shortly."))
        }
    }

    @Test func whatChangesSomethingIsRecorded() async throws {
        try await withDoor { world, client in
            _ = try await client.call(.get, Self.base + "/flows")
            _ = try await client.call(.delete, Self.base + "/message_templates?name=hello")
            let activities = try await world.store.read {
                try $0.sql.query("SELECT target FROM activity WHERE action = 'cloud_api.called'").map {
                    try $0.text("target")
                }
            }
            #expect(activities == ["DELETE 102290129340398/message_templates"])
        }
    }
}
