// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import TestSupport
import Testing

/// Dry runs about a WABA that is live already, against what a real run then calls at the simulator.
@Suite(.serialized, .timeLimit(.minutes(5))) struct DryRunDepartureTests {
    private typealias Preview = DryRunTests.Preview
    private typealias Run = DryRunTests.Run

    @Test func `a number that moves in makes the calls that were shown`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let live = try await server.onboard().signup
            let old = try await server.sandbox.signUp(#"{"send_webhooks": false}"#)
            let request = #"""
                {"customer_id": "\#(server.credentials.customer.id)", "flow": "number_migration", "waba_id": "\#(live.waba_id)",
                 "migration": {"country_code": "1", "phone_number": "\#(old.number.dropFirst(2))",
                               "verified_name": "Lucky Shrub"}}
                """#
            try await server.sandbox.clearCalls()
            let preview: Preview = try await server.partner.post("/api/v1/onboardings?dry_run=true", request)
            #expect(try await server.sandbox.calls().isEmpty)
            let missing = preview.steps.flatMap { step in step.missing.map { "\(step.kind) \($0.reason)" } }
            #expect(missing == ["verify_code verification_code_needed"])

            let begun: Run = try await server.partner.post("/api/v1/onboardings", request)
            let stopped = try await server.rested(begun.id)
            #expect(stopped.reason == "verification_code_needed")
            let _: AnyAnswer = try await server.partner.post(
                "/api/v1/onboardings/\(begun.id)/resume", #"{"verification_code": "\#(old.number.suffix(6))"}"#)
            try await server.waitUntilLive(begun.id, server.partner)
            let run: Run = try await server.partner.get("/api/v1/onboardings/\(begun.id)")
            #expect(preview.steps.map(\.kind) == run.steps.map(\.kind))
            try DryRunTests.compare(preview.calls, try await server.sandbox.calls(), run)
        }
    }

    @Test(arguments: [
        (#"{}"#, ["unsubscribe_app", "deregister", "revoke_credit", "read_allocation"]),
        (#"{"deregister": false}"#, ["unsubscribe_app", "revoke_credit", "read_allocation"]),
        (#"{"keep_credit_line": true}"#, ["unsubscribe_app", "deregister"]),
    ])
    func `a departure makes the calls that were shown`(body: String, operations: [String]) async throws {
        try await LocalServer.with(.sqlite) { server in
            let live = try await server.onboard().signup
            let path = "/api/v1/wabas/\(live.waba_id)/offboard"
            try await server.sandbox.clearCalls()
            let preview: Preview = try await server.partner.post(path + "?dry_run=true", body)
            #expect(try await server.sandbox.calls().isEmpty)
            #expect(preview.plan == "offboarding" && preview.steps.flatMap(\.missing).isEmpty)
            #expect(preview.calls.map(\.operation) == operations)
            // All of its objects are known before it begins.
            #expect(!preview.calls.contains { $0.path.contains("{") }, "\(preview.calls)")

            let begun: Run = try await server.partner.post(path, body)
            #expect(try await server.rested(begun.id).state == "offboarded")
            let run: Run = try await server.partner.get("/api/v1/onboardings/\(begun.id)")
            #expect(preview.steps.map(\.kind) == run.steps.map(\.kind))
            try DryRunTests.compare(preview.calls, try await server.sandbox.calls(), run)

            let again: Preview = try await server.partner.post(path + "?dry_run=true", body)
            #expect(again.steps.isEmpty, "it has left")
        }
    }

    @Test func `a credit line that another WABA of the business uses is named, and a real run stops there`()
        async throws
    {
        try await LocalServer.with(.sqlite) { server in
            let business = #"{"business": {"id": "7700112233445566"}}"#
            let leaving = try await server.onboard(business).signup
            let staying = try await server.onboard(business)
            #expect(staying.run.state == "live", "\(staying.run)")
            let path = "/api/v1/wabas/\(leaving.waba_id)/offboard"
            let preview: Preview = try await server.partner.post(path + "?dry_run=true", "{}")
            let missing = preview.steps.flatMap { step in step.missing.map { "\(step.kind) \($0.reason)" } }
            #expect(missing == ["revoke_credit_line credit_line_still_used"])
            let begun: Run = try await server.partner.post(path, "{}")
            #expect(try await server.rested(begun.id).reason == "credit_line_still_used")
        }
    }

    @Test func `nobody sees how another partner's customer would leave`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let live = try await server.onboard().signup
            let other = try await server.addPartner("Other")
            let refusal = await #expect(throws: Caller.Refused.self) {
                let _: AnyAnswer = try await other.caller.post(
                    "/api/v1/wabas/\(live.waba_id)/offboard?dry_run=true", "{}")
            }
            #expect(refusal?.status == 404)
        }
    }
}
