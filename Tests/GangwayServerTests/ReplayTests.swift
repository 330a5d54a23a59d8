// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// A run that failed in one simulator is exported and fails the same way in a fresh one.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ReplayTests {
    struct Run: Decodable {
        struct Step: Decodable {
            let kind: String
            let state: String
        }

        struct Attempt: Decodable {
            let kind: String?
            let outcome: String
            let graph_code: Int?
        }

        let id: String
        let state: String
        let reason: String?
        let steps: [Step]
        let timeline: [Attempt]

        /// What must be the same again.
        var course: [String] {
            ["\(state) \(reason ?? "-")"] + steps.map { "\($0.kind) \($0.state)" }
                + timeline.map { "\($0.kind ?? "?") \($0.outcome) \($0.graph_code.map(String.init) ?? "-")" }
        }
    }

    /// What goes wrong the first time, as signup members and rules of the simulator.
    struct Story: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var signup = "{}"
        var rules: [String] = []
        let end: String
    }

    static let stories = [
        Story(testDescription: "unknown PIN", signup: #"{"pin": "482913"}"#, end: "action_required pin_mismatch"),
        Story(testDescription: "late code", signup: #"{"code_ttl": 0}"#, end: "action_required code_expired"),
        Story(
            testDescription: "no number", signup: #"{"with_number": false}"#,
            end: "action_required phone_number_missing"
        ),
        Story(
            testDescription: "number not verified", signup: #"{"verified": false}"#,
            end: "action_required phone_number_not_verified"),
        Story(
            testDescription: "credit refused",
            rules: [#"{"operation": "share_credit", "code": 200, "status": 403, "times": null}"#],
            end: "action_required credit_line_refused"),
        Story(
            testDescription: "exchange lost", rules: [#"{"operation": "exchange_code", "drop": "after"}"#],
            end: "action_required code_exchange_unknown"),
        Story(
            testDescription: "credit answer lost, then well",
            rules: [#"{"operation": "share_credit", "drop": "after"}"#],
            end: "live -"),
        Story(
            testDescription: "registration's answer lost, then well",
            rules: [#"{"operation": "register", "drop": "after"}"#], end: "live -"),
        Story(
            testDescription: "two outages, then well",
            rules: [#"{"operation": "register", "code": 133004, "status": 503, "times": 2}"#], end: "live -"),
        Story(
            testDescription: "the second reading of the WABA refused",
            rules: [#"{"operation": "read_waba", "code": 200, "status": 403, "skip": 1}"#],
            end: "action_required permission_missing"),
        Story(
            testDescription: "a proxy's page, then a dead token",
            rules: [
                #"{"operation": "debug_token", "body": "<html></html>", "status": 502}"#,
                #"{"operation": "list_phone_numbers", "code": 190, "status": 401}"#,
            ], end: "action_required token_invalid"),
    ]

    private func onboard(_ server: LocalServer, _ signup: SignupAnswer) async throws -> Run {
        let body = """
            {"customer_id": "\(server.credentials.customer.id)", "code": "\(signup.code ?? "")", "currency": "EUR"}
            """
        let begun: DryRunTests.Run = try await server.partner.post("/api/v1/onboardings", body)
        return try await server.activity.answer {
            let run: Run = try await server.partner.get("/api/v1/onboardings/\(begun.id)")
            return run.state == "running" || run.state == "waiting" ? nil : run
        }
    }

    @Test(arguments: stories) func `a run goes the same way again`(story: Story) async throws {
        var recorded: (course: [String], scenario: String) = ([], "")
        try await LocalServer.with(.sqlite) { server in
            for rule in story.rules { try await server.sandbox.addFault(rule) }
            let signup = try await server.sandbox.signUp(story.signup)
            let run = try await onboard(server, signup)
            #expect(run.course.first == story.end)
            let text = try await server.partner.text("/api/v1/onboardings/\(run.id)/replay")
            recorded = (run.course, text)
            let app = server.credentials.metaApp
            for secret in [
                signup.waba_id, signup.phone_number_id, signup.business_id, signup.code ?? "", app.systemToken,
                app.appSecret, server.credentials.customer.id,
            ] where !secret.isEmpty {
                #expect(!text.contains(secret))
            }
        }
        let (course, scenario) = recorded
        try await LocalServer.with(.sqlite) { server in
            try await server.sandbox.begin(scenario)
            let again = try await onboard(server, try await server.sandbox.signUp())
            #expect(again.course == course)
        }
    }

    @Test func `a scenario that was written down is read strictly, listed, kept and ended`() async throws {
        try await LocalServer.with(.sqlite) { server in
            for bad in [
                #"{"rules": []}"#, #"{"name": "pin_mismatch", "rules": []}"#, #"{"name": "Big", "rules": []}"#,
                #"{"name": "a", "rules": [{"operation": "nonsense", "code": 1}]}"#,
                #"{"name": "a", "signup": {"pin": "1"}}"#, #"{"name": "a", "rules": [], "what": 1}"#,
            ] {
                await #expect(throws: Caller.Refused.self) { try await server.sandbox.begin(bad) }
            }
            try await server.sandbox.begin(
                #"{"name": "mine", "summary": "s", "expect": "e", "rules": [{"operation": "register", "code": 133005}]}"#
            )
            let listed = try await server.sandbox.scenarios()
            #expect(listed.contains { $0.name == "mine" && $0.active })
            try await server.sandbox.end("mine")
            #expect(try await server.sandbox.scenarios().contains { $0.name == "mine" } == false)
        }
    }
}
