// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

extension CLITests {
    @Suite(.timeLimit(.minutes(5))) struct CLIHelpTests {
        static let commands = [
            "serve", "sandbox", "demo", "onboard", "partners", "keys", "apps", "wabas", "numbers", "activations",
            "comments", "audit", "doctor", "novelties", "replay",
            "clock",
            "conform",
            "migrate",
        ]

        @Test func `the help lists every command and tells of the environment`() async throws {
            let run = try await CLIProcess.run("--help")
            #expect(run.exitCode == 0)
            for command in Self.commands { #expect(run.output.contains("\n  \(command) "), "\(command)") }
            #expect(run.output.contains("GANGWAY_URL") && run.output.contains("GANGWAY_KEY"))
        }

        /// Read from the source, so that a new command cannot be forgotten here.
        @Test func `this suite knows every command`() throws {
            let source = try Repository.text("Sources/gangway/Gangway.swift")
            let list = try #require(source.firstMatch(of: /subcommands: \[((?s:.*?))\]/)).output.1
            let names = list.matches(of: /([A-Za-z]+)Command\.self/).map { $0.output.1.lowercased() }
            #expect(names == Self.commands)
        }

        @Test(arguments: commands) func `each command's help has its exit codes`(command: String) async throws {
            let run = try await CLIProcess.run(command, "--help")
            #expect(run.exitCode == 0)
            #expect(run.output.contains("Exit codes: "))
            #expect(run.output.contains("gangway \(command)"))
        }
    }
}
