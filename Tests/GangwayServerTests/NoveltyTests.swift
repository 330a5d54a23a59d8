// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// What Meta sends beyond what this version knows is counted, shown, and sent again by another simulator.
@Suite(.serialized, .timeLimit(.minutes(5))) struct NoveltyTests {
    struct Novelty: Decodable, Hashable {
        let kind: String
        let place: String
        let word: String
        let count: Int

        var name: String { "\(kind) \(place) \(word)" }
    }

    private static let expected: Set<String> = [
        "error_code request_code 987654", "event webhook account_update PARTNER_PROMOTED",
        "field read_waba waac_id", "value read_waba account_review_status ON_HOLD",
        "value webhook account_review_update decision MAYBE",
    ]

    /// The test's time limit ends the asking.
    private func novelties(of server: LocalServer, _ count: Int) async throws -> [Novelty] {
        try await server.activity.answer {
            let list: ListAnswer<Novelty> = try await server.operator.get("/api/v1/novelties")
            return list.data.count >= count ? list.data : nil
        }
    }

    private func onboard(_ server: LocalServer) async throws -> SignupAnswer {
        let signup = try await server.sandbox.signUp()
        let body = """
            {"customer_id": "\(server.credentials.customer.id)", "code": "\(signup.code ?? "")", "currency": "EUR", \
            "options": {"enable_template_analytics": true}}
            """
        let begun: DryRunTests.Run = try await server.partner.post("/api/v1/onboardings", body)
        try await server.waitUntilLive(begun.id, server.partner)
        return signup
    }

    /// Calls that Meta answers oddly: what becomes of them is not the matter here.
    private func call(_ server: LocalServer, about signup: SignupAnswer) async {
        let _: AnyAnswer? = try? await server.partner.get("/api/v1/wabas/\(signup.waba_id)?refresh=true")
        let _: AnyAnswer? = try? await server.partner.post(
            "/api/v1/phone_numbers/\(signup.phone_number_id)/request_code", "{}")
    }

    @Test(arguments: ServerDatabase.all)
    func `novelties are counted, exported, and sent again`(database: ServerDatabase) async throws {
        var fixtures = ""
        try await LocalServer.with(database) { server in
            let signup = try await onboard(server)
            try await server.sandbox.addFault(#"{"operation": "request_code", "code": 987654, "status": 400}"#)
            let answer =
                #"{\"id\": \"\#(signup.waba_id)\", \"waac_id\": \"9\", \"account_review_status\": \"ON_HOLD\"}"#
            try await server.sandbox.addFault(
                #"{"operation": "read_waba", "status": 200, "content_type": "application/json", "body": "\#(answer)"}"#)
            await call(server, about: signup)
            for value in [
                #""account_update", "value": {"event": "PARTNER_PROMOTED", "phone_number": "16505551234"}"#,
                #""account_review_update", "value": {"decision": "MAYBE"}"#,
            ] {
                try await server.sandbox.emit(#"{"field": \#(value), "entry_id": "\#(signup.waba_id)"}"#)
            }
            let seen = try await novelties(of: server, Self.expected.count)
            #expect(Set(seen.map(\.name)) == Self.expected)
            let values: ListAnswer<Novelty> = try await server.operator.get("/api/v1/novelties?kind=value")
            #expect(Set(values.data.map(\.word)) == ["ON_HOLD", "MAYBE"])
            fixtures = try await server.operator.text("/api/v1/novelties/fixtures")
            for secret in [signup.waba_id, "16505551234", server.credentials.metaApp.systemToken] {
                #expect(!fixtures.contains(secret))
            }
        }
        let scenario = fixtures
        try await LocalServer.with(.sqlite) { server in
            let signup = try await onboard(server)
            try await server.sandbox.begin(scenario)
            await call(server, about: signup)
            let again = try await novelties(of: server, Self.expected.count)
            #expect(Set(again.map(\.name)) == Self.expected)
            let _: AnyAnswer = try await server.operator.delete("/api/v1/novelties")
            let none: ListAnswer<Novelty> = try await server.operator.get("/api/v1/novelties")
            #expect(none.data.isEmpty)
        }
    }

    @Test func `an ordinary onboarding brings nothing that is not known`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let signup = try await onboard(server)
            let _: AnyAnswer = try await server.operator.get("/api/v1/wabas/\(signup.waba_id)?refresh=true")
            // A marker: what came before it has been written when it is there.
            try await server.sandbox.emit(#"{"field": "account_update", "value": {"event": "PARTNER_PROMOTED"}}"#)
            let seen = try await novelties(of: server, 1)
            #expect(seen.map(\.name) == ["event webhook account_update PARTNER_PROMOTED"])
        }
    }
}
