// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayClient
import Testing

extension CLITests {
    @Suite(.timeLimit(.minutes(5))) struct CLIAuditTests {
        @Test func `a comment is added, listed and part of a trail that verifies`() async throws {
            try await CLIServer.with { server in
                let begun = try await CLIProcess.run("onboard", "--json", "--data", server.data)
                #expect(begun.exitCode == 0, "\(begun.errors)")
                let onboardings: ListOf<OnboardingView> = try await server.operator.onboardings()
                let id = try #require(onboardings.data.first).id
                let added = try await CLIProcess.run(
                    "comments", "add", "onboarding", id, "Went well.", "--data", server.data)
                #expect(added.exitCode == 0 && added.output.hasPrefix("act_"))
                let listed = try await CLIProcess.run("comments", "list", "onboarding", id, "--data", server.data)
                #expect(listed.output.contains("\tWent well.\n"))
                let activities = try await CLIProcess.run("audit", "list", "--target", id, "--data", server.data)
                #expect(activities.output.contains("onboarding.comment_added"))

                let verified = try await CLIProcess.run("audit", "verify", "--seal", "--data", server.data)
                #expect(verified.exitCode == 0 && verified.output.contains("trail\tintact\n"))
                let head = try #require(verified.output.firstMatch(of: /head\t(\S+)\n/)).output.1
                let again = try await CLIProcess.run("audit", "verify", "--head", String(head), "--data", server.data)
                #expect(again.exitCode == 0)
                let other = String(head.dropLast(64)) + String(repeating: "0", count: 64)
                let foreign = try await CLIProcess.run("audit", "verify", "--head", other, "--data", server.data)
                #expect(foreign.exitCode == 2 && foreign.output.contains("witness"))
            }
        }

        @Test(
            arguments: [
                (["comments", "add", "onboarding", "onb_x", "text"], 1), (["comments", "list", "waba", "1"], 1),
                (["comments", "list", "customer", "1"], 64), (["audit", "verify", "--head", "nonsense"], 1),
                (["audit", "list", "--limit", "0"], 64),
            ] as [([String], Int32)])
        func `what is refused ends with its code`(command: [String], exitCode: Int32) async throws {
            try await CLIServer.with { server in
                let run = try await CLIProcess.run(command + ["--data", server.data])
                #expect(run.exitCode == exitCode)
                #expect(run.output == "" && run.errors.hasPrefix("Error: "))
            }
        }
    }
}
