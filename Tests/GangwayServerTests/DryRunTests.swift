// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// What a dry run says and what a real run against the simulator does are the same calls.
@Suite(.serialized, .timeLimit(.minutes(5))) struct DryRunTests {
    struct Preview: Decodable {
        struct Call: Decodable, Hashable {
            let operation: String
            let method: String
            let path: String
            let changes: Bool
        }

        struct Missing: Decodable {
            let reason: String
        }

        struct Step: Decodable {
            let kind: String
            let calls: [Call]
            let missing: [Missing]
        }

        struct Warning: Decodable {
            struct Remedy: Decodable {
                let text: String
            }

            let kind: String
            let allowed_at: String?
            let remedy: Remedy
        }

        let plan: String
        let warnings: [Warning]
        let request_calls: [Call]
        let steps: [Step]

        var calls: [Call] { request_calls + steps.flatMap(\.calls) }
    }

    struct Run: Decodable {
        struct Step: Decodable {
            let kind: String
        }

        let id: String
        let waba_id: String?
        let phone_number_id: String?
        let business_id: String?
        let solution_id: String?
        let steps: [Step]
    }

    /// Bodies without the ids of a signup, which stand for themselves in braces here.
    @Test(arguments: [
        ("embedded_signup", #""code": "{code}", "options": {"enable_template_analytics": true}"#),
        ("embedded_signup two_step", #""code": "{code}""#),
        (
            "embedded_signup override",
            #""code": "{code}", "options": {"callback": {"uri": "{callback}", "verify_token": "sesame"}}"#
        ),
        (
            "embedded_signup template",
            #""code": "{code}", "options": {"verify_messaging": {"recipient": "+16505551234", "method": "template"}}"#
        ),
        (
            "embedded_signup reply",
            #""code": "{code}", "options": {"verify_messaging": {"recipient": "+16505551234", "text": "Hello back"}}"#
        ),
        ("business_app", #""flow": "business_app", "code": "{code}""#),
        ("hosted", #""flow": "hosted", "business_id": "{business}""#),
        (
            "tech_partner",
            #""flow": "tech_partner", "waba_id": "{waba}", "solution_id": "{solution}", "phone_number": "{number}""#
        ),
    ])
    func `the plan that is shown is the one that is run, call by call`(name: String, body: String) async throws {
        try await WebhookReceiver.with { receiver in
            receiver.answer { WebhookReceiver.Answer(200, body: ReconciliationTests.challenge(in: $0.path)) }
            try await LocalServer.with(.sqlite) { server in
                try await compare(name, body.replacing("{callback}", with: receiver.url), server)
            }
        }
    }

    private func compare(_ name: String, _ body: String, _ server: LocalServer) async throws {
        let flow = String(name.prefix { $0 != " " })
        if name.hasSuffix("two_step") { try await setTwoStep(server) }
        // Without webhooks nobody tells of the share: the run asks.
        let signup = try await server.sandbox.signUp(#"{"flow": "\#(flow)", "send_webhooks": false}"#)
        let filled = body.replacing("{code}", with: signup.code ?? "")
            .replacing("{business}", with: signup.business_id).replacing("{waba}", with: signup.waba_id)
            .replacing("{solution}", with: server.credentials.metaApp.solutionID)
            .replacing("{number}", with: signup.number)
        let request = #"{"customer_id": "\#(server.credentials.customer.id)", "currency": "EUR", \#(filled)}"#
        if flow == "hosted" {
            let partner = server.credentials.partner.id
            let _: AnyAnswer = try await server.operator.post(
                "/api/v1/partners/\(partner)/businesses", #"{"business_id": "\#(signup.business_id)"}"#)
        }
        try await server.sandbox.clearCalls()
        let preview: Preview = try await server.partner.post("/api/v1/onboardings?dry_run=true", request)
        let asked = try await server.sandbox.calls()
        #expect(asked.map(\.operation) == preview.request_calls.map(\.operation))
        #expect(asked.allSatisfy { $0.effect == nil })
        let none: ListAnswer<Run> = try await server.partner.get("/api/v1/onboardings")
        #expect(none.data.isEmpty)

        try await server.sandbox.clearCalls()
        let begun: Run = try await server.partner.post("/api/v1/onboardings", request)
        if name.hasSuffix("reply") { try await writeOnceAwaited(begun.id, to: signup, server) }
        try await server.waitUntilLive(begun.id, server.partner)
        let run: Run = try await server.partner.get("/api/v1/onboardings/\(begun.id)")
        #expect(preview.steps.map(\.kind) == run.steps.map(\.kind))
        #expect(preview.steps.flatMap(\.missing).isEmpty)
        try Self.compare(preview.calls, try await server.sandbox.calls(), run)
    }

    /// The tester's message opens the window.
    private func writeOnceAwaited(_ id: String, to signup: SignupAnswer, _ server: LocalServer) async throws {
        _ = try await server.found(id) { run in
            run.steps.contains { $0.kind == "verify_messaging" && $0.state == "waiting" }
        }
        try await server.sandbox.write(to: signup.phone_number_id, "Is this you?")
    }

    private func setTwoStep(_ server: LocalServer) async throws {
        let app = server.credentials.metaApp
        let user = "100081234567890"
        let _: AnyAnswer = try await server.operator.put(
            "/api/v1/apps/\(app.appID)",
            """
            {"kind": "solution_partner", "business_id": "\(app.businessID)", "system_user_id": "\(user)", \
            "extended_credit_line_id": "\(app.extendedCreditLineID)", "credit_sharing": "two_step"}
            """)
    }

    /// Names in braces stand for what the run learnt.
    static func compare(_ planned: [Preview.Call], _ made: [LoggedCall], _ run: Run) throws {
        #expect(planned.map(\.operation) == made.map(\.operation))
        for (plan, call) in zip(planned, made) {
            #expect(plan.method == call.method)
            let path = plan.path.replacing("{waba_id}", with: run.waba_id ?? "-")
                .replacing("{phone_number_id}", with: run.phone_number_id ?? "-")
                .replacing("{business_id}", with: run.business_id ?? "-")
            let shown = call.path.replacing(try Regex(#"^/v[0-9]+\.0"#), with: "")
            // Only the allocation is nowhere in the run's own members.
            #expect(path == shown || path == "/{allocation_id}", "\(plan.operation): \(path), \(shown)")
            if !plan.changes { #expect(call.effect == nil || plan.operation == "fetch_business_token") }
        }
    }

    @Test func `what is missing is named, and a real run stops there`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let app = server.credentials.metaApp
            let _: AnyAnswer = try await server.operator.put(
                "/api/v1/apps/\(app.appID)", #"{"kind": "solution_partner", "business_id": "\#(app.businessID)"}"#)
            let (caller, _, customer) = try await server.addPartner("Acme")
            let request = #"{"customer_id": "\#(customer)", "code": "not-spent"}"#
            let preview: Preview = try await caller.post("/api/v1/onboardings?dry_run=true", request)
            let missing = preview.steps.flatMap { step in step.missing.map { "\(step.kind) \($0.reason)" } }
            #expect(
                missing == [
                    "assign_system_user credit_line_not_configured", "share_credit_line currency_missing",
                    "share_credit_line credit_line_not_configured",
                ])
        }
    }

    @Test(arguments: [
        #"{"code": "c"}"#, #"{"customer_id": "00000000-0000-7000-8000-000000000000", "code": "c"}"#,
        #"{"customer_id": "{customer}"}"#, #"{"customer_id": "{customer}", "flow": "hosted"}"#,
        #"{"customer_id": "{customer}", "code": "c", "currency": "XXX"}"#,
        #"{"customer_id": "{customer}", "flow": "tech_partner", "waba_id": "1", "solution_id": "2", "phone_number": "+1555"}"#,
        #"{"customer_id": "{customer}", "code": "c", "options": {"callback": {"uri": "ftp://x", "verify_token": "t"}}}"#,
        #"{"customer_id": "{customer}", "flow": "number_migration", "waba_id": "102290129340398", "migration": {"country_code": "1", "phone_number": "5552010000", "verified_name": "X"}}"#,
    ])
    func `a dry run is refused as the real one`(body: String) async throws {
        try await LocalServer.with(.sqlite) { server in
            let request = body.replacing("{customer}", with: server.credentials.customer.id)
            var refusals: [String] = []
            for path in ["/api/v1/onboardings?dry_run=true", "/api/v1/onboardings"] {
                do {
                    let _: AnyAnswer = try await server.partner.post(path, request)
                    Issue.record("\(path) took \(request)")
                } catch let refused as Caller.Refused {
                    // All but the request's own id and address.
                    let text = refused.description.replacing(try Regex(#""request_id":"[^"]*""#), with: "")
                        .replacing("?dry_run=true", with: "")
                    refusals.append("\(refused.status) \(text)")
                }
            }
            #expect(refusals.count == 2 && refusals[0] == refusals[1])
        }
    }
}
