// SPDX-License-Identifier: Apache-2.0
import Conformance
import Foundation
import GangwayClient
import GangwayServer
import TestSupport
import Testing

/// Our own server asked what each vendor documents, over HTTP. Source: the pages that each case names.
@Suite(.timeLimit(.minutes(3)))
struct ConformanceTests {
    @Test func `what Splashify documents is answered to the letter`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let runner = ConformanceRunner(
                baseURL: server.credentials.baseURL, allowsChanges: true, isStrict: true)
            let report = await runner.run(.splashify, with: try await splashifyValues(server))
            for line in report.lines where line.result == .differs {
                Issue.record("\(line.id) (\(line.source)): \(line.notes.joined(separator: "; "))")
            }
            // The simulator has no flows.
            let skipped = report.lines.filter { $0.result == .skipped }
            #expect(Set(skipped.map(\.id)) == ["cloud/flows"])
            #expect(report.count(.agrees) > 30)
        }
    }

    /// What a server's `credentials.json` does not tell: a WABA to enrol, one that is live, one of another partner.
    private func splashifyValues(_ server: LocalServer) async throws -> ConformanceValues {
        let json = try JSONEncoder().encode(server.credentials)
        let live = try await enrolled(server)
        // The number has the PIN that its onboarding made up.
        let _: AnyAnswer = try await server.partner.post(
            "/api/v1/phone_numbers/\(live.phone_number_id)/pin", #"{"pin": "123456"}"#)
        let open = try await server.sandbox.signUp(#"{"flow": "tech_partner"}"#)
        let other = try await server.addPartner("Other")
        let foreign = try await server.sandbox.signUp()
        let begun: OnboardingAnswer = try await other.caller.post(
            "/api/v1/onboardings",
            #"{"customer_id": "\#(other.customer)", "code": "\#(try #require(foreign.code))", "currency": "USD"}"#)
        try await server.waitUntilLive(begun.id, other.caller)
        let disabled = try await server.addPartner("Disabled")
        let manager = GangwayClient(baseURL: server.credentials.baseURL, key: server.credentials.operator.key)
        let key = try await manager.mintKey(for: disabled.id)
        _ = try await manager.setWhatsApp(isEnabled: false, for: disabled.id)
        return try ConformanceValues(
            json: json,
            adding: [
                "splashify.waba_id": open.waba_id, "splashify.solution_id": server.credentials.metaApp.solutionID,
                "splashify.phone_number": open.number, "splashify.live_waba_id": live.waba_id,
                "splashify.phone_number_id": live.phone_number_id, "splashify.pin": "123456",
                "splashify.foreign_waba_id": foreign.waba_id, "splashify.templates_waba_id": live.waba_id,
                "splashify.disabled_api_key": try #require(key.key),
            ])
    }

    /// Through Splashify's own door, until it is live.
    private func enrolled(_ server: LocalServer) async throws -> SignupAnswer {
        let signup = try await server.sandbox.signUp(#"{"flow": "tech_partner"}"#)
        try await server.tpSignUp(signup)
        let runs: ListAnswer<OnboardingAnswer> = try await server.partner.get(
            "/api/v1/onboardings?waba_id=\(signup.waba_id)")
        try await server.waitUntilLive(try #require(runs.data.first).id, server.partner)
        return signup
    }

    @Test func `the command compares any server and says by its exit code whether all agrees`() async throws {
        try await CLIServer.with { server in
            let good = try await CLIProcess.run(
                "conform", "--dialect", "splashify", "--base-url", server.running.baseURL, "--credentials",
                Credentials.path(in: server.data), "--json")
            #expect(good.exitCode == 0, "\(good.output) \(good.errors)")
            let report = try JSONDecoder().decode(Report.self, from: Data(good.output.utf8))
            #expect(report.cases.contains { $0.id == "tp-signup/400/waba_id" && $0.result == "agrees" })
            #expect(report.cases.contains { $0.id == "customers/201" && $0.result == "skipped" })

            let bad = try await CLIProcess.run(
                "conform", "--dialect", "splashify", "--base-url", server.running.baseURL, "--set",
                "partner.api_key=wrong", "--set", "customer.id=x")
            #expect(bad.exitCode == 1)
            #expect(bad.output.contains("the status is 401, documented: 400"))

            let none = try await CLIProcess.run(
                "conform", "--dialect", "splashify", "--base-url", "http://127.0.0.1:1")
            #expect(none.exitCode == 1)
            #expect(none.output.contains("no answer"))
            let wrong = try await CLIProcess.run("conform", "--dialect", "twilio", "--base-url", "http://x")
            #expect(wrong.exitCode == 64)
        }
    }

    private struct Report: Decodable {
        struct Case: Decodable {
            let id: String
            let result: String
        }

        let cases: [Case]
    }

    @Test(arguments: Dialect.allCases) func `cases are told apart and say where they come from`(_ dialect: Dialect) {
        let cases = dialect.cases
        #expect(Set(cases.map(\.id)).count == cases.count)
        #expect(cases.allSatisfy { !$0.source.isEmpty && ($0.path.hasPrefix("/") || $0.path.hasPrefix("{{")) })
        for item in cases {
            guard let answer = item.answer, !answer.isEmpty else { continue }
            let json = try? JSONSerialization.jsonObject(with: Data(answer.utf8), options: .fragmentsAllowed)
            #expect(json != nil, "\(item.id): the documented body is no JSON")
        }
    }
}
