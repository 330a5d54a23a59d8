// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayClient
import GangwayServer
import Testing

extension CLITests {
    /// `gangway onboard` as a process against a running server. Exit codes: 0 live, 2 somebody must act, 1 the rest, 64 usage.
    @Suite(.timeLimit(.minutes(5))) struct CLIOnboardTests {
        @Test func `a newcomer needs nothing but the data directory`() async throws {
            try await CLIServer.with { server in
                let run = try await CLIProcess.run("onboard", "--data", server.data)
                #expect(run.exitCode == 0, "\(run.errors)")
                let lines = run.output.split(separator: "\n")
                #expect(lines.contains { $0.hasPrefix("register_phone_number ") && $0.contains(" done ") })
                #expect(lines.last?.hasPrefix("live after ") == true)
                #expect(!run.output.contains("\u{1B}"), "no terminal, no escapes")
                #expect(!(run.output + run.errors).contains(server.credentials.partner.apiKey))
            }
        }

        @Test func `with --json the output is the onboarding and nothing else`() async throws {
            try await CLIServer.with { server in
                let run = try await CLIProcess.run("onboard", "--data", server.data, "--json")
                #expect(run.exitCode == 0)
                let onboarding = try JSONDecoder().decode(OnboardingView.self, from: Data(run.output.utf8))
                #expect(onboarding.state == "live")
                #expect(onboarding.customerID == server.credentials.customer.id)
                #expect(run.errors.contains("live after "))
                #expect(try await server.operator.onboarding(onboarding.id) == onboarding)
            }
        }

        @Test func `a partner of a Multi-Partner Solution goes live too`() async throws {
            try await CLIServer.with { server in
                let run = try await CLIProcess.run("onboard", "--data", server.data, "--flow", "tech_partner")
                #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
            }
        }

        @Test func `what needs somebody ends with 2 and the printed command resumes it`() async throws {
            try await CLIServer.with { server in
                let signup = try await server.signUp(#"{"pin": "123456"}"#)
                let code = try #require(signup.code)
                let stopped = try await CLIProcess.run("onboard", "--data", server.data, "--code", code)
                #expect(stopped.exitCode == 2)
                #expect(stopped.output.contains("action required: pin_mismatch\nwho     customer\nwhat    "))
                let line = try #require(stopped.output.split(separator: "\n").last)
                #expect(line.hasPrefix("then    gangway onboard --data \(server.data) --resume onb_"))
                let command = line.dropFirst("then    gangway ".count).split(separator: " ").map(String.init)
                #expect(command.last == "PIN")
                let resumed = try await CLIProcess.run(command.dropLast() + ["123456"])
                #expect(resumed.exitCode == 0, "\(resumed.output)\(resumed.errors)")
                #expect(!resumed.output.contains("123456"))
            }
        }

        @Test func `an operator's approval mends a hosted signup`() async throws {
            try await CLIServer.with { server in
                let signup = try await server.signUp(#"{"flow": "hosted"}"#)
                let business = signup.businessID
                let flags = ["onboard", "--data", server.data, "--json"]
                let stopped = try await CLIProcess.run(flags + ["--flow", "hosted", "--business-id", business])
                #expect(stopped.exitCode == 2)
                let onboarding = try JSONDecoder().decode(OnboardingView.self, from: Data(stopped.output.utf8))
                #expect(onboarding.reason == "business_not_approved")
                let partner = server.credentials.partner.id
                let approved = try await CLIProcess.run(
                    "partners", "approve-business", partner, business, "--data", server.data)
                #expect(approved.exitCode == 0)
                let resumed = try await CLIProcess.run(flags + ["--resume", onboarding.id])
                #expect(resumed.exitCode == 0, "\(resumed.errors)")
            }
        }

        @Test func `what is not at rest in time ends with 1 and goes on by itself`() async throws {
            try await CLIServer.with { server in
                let signup = try await server.signUp(#"{"flow": "tech_partner", "share_delay_ms": 3600000}"#)
                let waba = signup.wabaID
                let run = try await CLIProcess.run(
                    "onboard", "--data", server.data, "--flow", "tech_partner", "--waba-id", waba, "--phone-number",
                    "+15550001111", "--solution-id", server.credentials.metaApp.solutionID, "--timeout", "0.5", "--json"
                )
                #expect(run.exitCode == 1)
                let onboarding = try JSONDecoder().decode(OnboardingView.self, from: Data(run.output.utf8))
                #expect(["running", "waiting"].contains(onboarding.state))
                #expect(run.errors.contains("it goes on without this command\nlook again  gangway onboard --data "))
            }
        }

        @Test func `URL and key come from the environment and the key is never printed`() async throws {
            try await CLIServer.with { server in
                let code = try #require(try await server.signUp("{}").code)
                let key = server.credentials.partner.apiKey
                let environment = ["GANGWAY_URL": server.running.baseURL, "GANGWAY_KEY": key]
                let customer = server.credentials.customer.id
                let run = try await CLIProcess.run(
                    "onboard", "--customer", customer, "--code", code, environment: environment)
                #expect(run.exitCode == 0, "\(run.errors)")
                #expect(!(run.output + run.errors).contains(key))
                let refused = try await CLIProcess.run(
                    "onboard", "--customer", customer, "--code", "AQBnever", "--url", server.running.baseURL, "--key",
                    "wrong")
                #expect(refused.exitCode == 1)
                #expect(refused.errors.hasPrefix("Error: "))
            }
        }

        @Test(
            arguments: [
                (["--data", "nowhere"], 64), (["--url", "http://127.0.0.1:1"], 64), (["--flow", "sideways"], 64),
                (["--url", "http://127.0.0.1:1", "--key", "k"], 64), (["--timeout", "0"], 64),
                (["--url", "http://127.0.0.1:1", "--key", "k", "--customer", "c"], 64),
                (["--url", "http://127.0.0.1:1", "--key", "k", "--customer", "c", "--code", "c"], 1),
            ] as [([String], Int32)])
        func `wrong usage ends with 64, a server that is not there with 1`(flags: [String], exitCode: Int32)
            async throws
        {
            let run = try await CLIProcess.run(["onboard"] + flags)
            #expect(run.exitCode == exitCode)
            #expect(run.output == "" && run.errors.hasPrefix("Error: "))
        }

        /// A call may take 30 s; a port at which nobody listens needs none of them.
        @Test func `a server that is not there is told at once`() async throws {
            let took = try await ContinuousClock().measure {
                let run = try await CLIProcess.run(
                    "onboard", "--url", "http://127.0.0.1:1", "--key", "k", "--customer", "c", "--code", "c")
                #expect(run.exitCode == 1)
            }
            #expect(took < .seconds(20))
        }
    }
}
