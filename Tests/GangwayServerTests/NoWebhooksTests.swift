// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import TestSupport
import Testing

/// Webhooks switched off entirely: Meta cannot reach this server. Source: issue "The whole life of a WABA".
@Suite(.serialized, .timeLimit(.minutes(5))) struct NoWebhooksTests {
    private static let count = 200

    @Test("200 tp-signups become live through reconciliation alone", arguments: ServerDatabase.all)
    func reconciliation(_ database: ServerDatabase) async throws {
        // Polling would take an hour: only the reconciliation can wake them.
        try await LocalServer.with(
            database,
            change: {
                $0.publicURL = ReconciliationTests.nowhere
                $0.sharePollSeconds = 3600
            }
        ) { server in
            let late = #"{"flow": "tech_partner", "share_delay_ms": 3600000}"#
            let runs = try await enrol(late, server)
            for run in runs { _ = try await server.reached("waiting", run) }
            try await server.sandbox.advance(seconds: 3601)
            let run = try await server.reconcile()
            #expect(run.state == "finished" && run.rescued == Self.count, "\(run)")
            #expect(run.drift.isEmpty)
            try await live(runs, server)
        }
    }

    @Test("and through polling alone", arguments: ServerDatabase.all)
    func polling(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database, change: { $0.publicURL = ReconciliationTests.nowhere }) { server in
            let runs = try await enrol(#"{"flow": "tech_partner"}"#, server)
            try await live(runs, server)
        }
    }

    private func enrol(_ signup: String, _ server: LocalServer) async throws -> [String] {
        var runs: [String] = []
        let solution = server.credentials.metaApp.solutionID
        for _ in 0..<Self.count {
            let signup = try await server.sandbox.signUp(signup)
            let begun: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings",
                #"""
                {"customer_id": "\#(server.credentials.customer.id)", "flow": "tech_partner", "currency": "USD",
                 "waba_id": "\#(signup.waba_id)", "solution_id": "\#(solution)", "phone_number": "\#(signup.number)"}
                """#)
            runs.append(begun.id)
        }
        return runs
    }

    private func live(_ runs: [String], _ server: LocalServer) async throws {
        for run in runs { try await server.waitUntilLive(run, server.partner) }
        let calls = try await server.sandbox.calls()
        #expect(calls.count { $0.effect == "shared_credit" } == Self.count)
    }
}
