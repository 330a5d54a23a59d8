// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayClient
import GangwayServer
import Testing

extension CLITests {
    /// Each plan that the native API can begin, begun by `gangway onboard`. Source: docs/plans.md.
    @Suite(.timeLimit(.minutes(5))) struct CLIOnboardPlansTests {
        private static func onboardings(_ run: CLIProcess) throws -> [OnboardingView] {
            try JSONDecoder().decode([OnboardingView].self, from: Data(run.output.utf8))
        }

        private static func onboarding(_ run: CLIProcess) throws -> OnboardingView {
            try JSONDecoder().decode(OnboardingView.self, from: Data(run.output.utf8))
        }

        @Test func `a number of the simulator moves in: the command says what its code is`() async throws {
            try await CLIServer.with { server in
                let flags = ["onboard", "--data", server.data]
                let none = try await CLIProcess.run(flags + ["--flow", "number_migration"])
                #expect(none.exitCode == 64)
                #expect(none.errors.contains("onboard one first"))
                #expect(try await CLIProcess.run(flags).exitCode == 0)
                let stopped = try await CLIProcess.run(flags + ["--flow", "number_migration"])
                #expect(stopped.exitCode == 2, "\(stopped.output)\(stopped.errors)")
                #expect(stopped.output.contains("action required: verification_code_needed\n"))
                let said = try #require(stopped.output.firstMatch(of: /its code is the last six digits, ([0-9]{6})/))
                let line = try #require(stopped.output.split(separator: "\n").last)
                let command = line.dropFirst("then    gangway ".count).split(separator: " ").map(String.init)
                #expect(command.suffix(2) == ["--verification-code", "CODE"])
                let wrong = try await CLIProcess.run(command.dropLast() + ["000000"])
                #expect(wrong.exitCode == 2 && wrong.output.contains("action required: verification_code_wrong\n"))
                let another = try await CLIProcess.run(command.dropLast(2) + ["--resend-code"])
                #expect(another.exitCode == 2)
                #expect(another.output.contains("action required: verification_code_needed\n"))
                let code = String(said.output.1)
                let live = try await CLIProcess.run(command.dropLast() + [code, "--json"])
                #expect(live.exitCode == 0, "\(live.errors)")
                let onboarding = try Self.onboarding(live)
                #expect(onboarding.plan == "number_migration" && onboarding.state == "live")
            }
        }

        @Test(arguments: [true, false])
        func `a number moves in by its parts, printed either way`(isInternational: Bool) async throws {
            try await CLIServer.with { server in
                let flags = ["onboard", "--data", server.data, "--json"]
                let first = try await CLIProcess.run(flags)
                let waba = try #require(try Self.onboarding(first).wabaID)
                let number = try #require(try await server.signUp(#"{"send_webhooks": false}"#).e164)
                let stopped = try await CLIProcess.run(
                    flags + [
                        "--flow", "number_migration", "--waba-id", waba, "--country-code", "1", "--phone-number",
                        isInternational ? number : String(number.dropFirst(2)), "--verified-name", "Lucky Shrub",
                        "--code-method", "VOICE", "--code-language", "en_GB",
                    ])
                #expect(stopped.exitCode == 2, "\(stopped.errors)")
                let onboarding = try Self.onboarding(stopped)
                #expect(onboarding.reason == "verification_code_needed")
                #expect(onboarding.wabaID == waba && onboarding.phoneNumber == number)
            }
        }

        @Test func `each WABA of a signup is watched, and the worst of them is the exit code`() async throws {
            try await CLIServer.with { server in
                let business = "7700112233445577"
                let first = try await server.signUp(#"{"business": {"id": "\#(business)"}, "pin": "999999"}"#)
                let second = try await server.signUp(#"{"business": {"id": "\#(business)"}}"#)
                let flags = ["onboard", "--data", server.data, "--json"]
                let run = try await CLIProcess.run(
                    flags + [
                        "--code", try #require(second.code), "--waba-id", second.wabaID, "--waba-id", first.wabaID,
                        "--currency", "USD",
                    ])
                #expect(run.exitCode == 2, "\(run.errors)")
                let onboardings = try Self.onboardings(run)
                #expect(onboardings.map(\.state) == ["live", "action_required"])
                let stopped = try #require(onboardings.last)
                #expect(stopped.reason == "pin_mismatch")
                let resumed = try await CLIProcess.run(flags + ["--resume", stopped.id, "--pin", "999999"])
                #expect(resumed.exitCode == 0, "\(resumed.errors)")
            }
        }

        @Test func `the phone app's number comes aboard, with what goes beyond the plan`() async throws {
            try await CLIServer.with { server in
                let run = try await CLIProcess.run(
                    "onboard", "--data", server.data, "--flow", "business_app", "--enable-template-analytics",
                    "--verify-messaging", "+16505551234", "--message-template", "hello_world", "--json")
                #expect(run.exitCode == 0, "\(run.errors)")
                let kinds = try Self.onboarding(run).steps.map(\.kind)
                #expect(kinds.contains("sync_business_app") && kinds.contains("enable_template_analytics"))
                #expect(kinds.contains("verify_messaging"))
            }
        }

        @Test func `the callback's token comes from the environment and is not printed`() async throws {
            try await CLIServer.with { server in
                let flags = [
                    "onboard", "--data", server.data, "--dry-run", "--callback-uri", "https://hooks.customer.example/x",
                ]
                let none = try await CLIProcess.run(flags)
                #expect(none.exitCode == 64 && none.errors.contains("--callback-token-file"))
                let run = try await CLIProcess.run(
                    flags, environment: ["GANGWAY_CALLBACK_TOKEN": "sesame-opens"])
                #expect(run.output.contains("\noverride_callback"), "\(run.output)\(run.errors)")
                #expect(!(run.output + run.errors).contains("sesame"))
            }
        }

        @Test(
            arguments: [
                ["--waba-id", "1", "--waba-id", "2", "--flow", "hosted"], ["--waba-id", "1", "--waba-id", "2"],
                ["--country-code", "1"], ["--flow", "number_migration"], ["--message-text", "Hello"],
                ["--callback-token-file", "-"],
                [
                    "--flow", "number_migration", "--waba-id", "1", "--country-code", "49", "--verified-name", "X",
                    "--phone-number", "+15550001111",
                ],
            ])
        func `what does not go together ends with 64`(flags: [String]) async throws {
            let run = try await CLIProcess.run(
                ["onboard", "--url", "http://127.0.0.1:1", "--key", "k", "--customer", "c"] + flags)
            #expect(run.exitCode == 64 && run.errors.hasPrefix("Error: "), "\(run.errors)")
        }
    }
}
