// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayClient
import GangwayServer
import TestSupport
import Testing

extension CLITests {
    @Suite(.timeLimit(.minutes(5))) struct CLIReplayTests {
        @Test func `a run that stopped is written down and stops again in another simulator`() async throws {
            try await withTemporaryFolder { folder in
                let file = folder.appending(path: "replay.json").path
                try await CLIServer.with { server in
                    try await SandboxCaller(url: server.credentials.graphURL)
                        .addFault(#"{"operation": "register", "code": 133005}"#)
                    #expect(try await CLIProcess.run("onboard", "--data", server.data).exitCode == 2)
                    let id = try #require(try await server.operator.onboardings().data.first).id
                    let written = try await CLIProcess.run("replay", id, "--out", file, "--data", server.data)
                    #expect(written.exitCode == 0 && written.output == "", "\(written.errors)")
                    #expect(try await CLIProcess.run("replay", "onb_x", "--data", server.data).exitCode == 1)
                }
                try await CLIServer.with { server in
                    let begun = try await CLIProcess.run(
                        "sandbox", "rehearse", "--file", file, "--url", server.credentials.graphURL)
                    #expect(begun.exitCode == 0 && begun.output.contains("replay_onb_"), "\(begun.errors)")
                    let again = try await CLIProcess.run("onboard", "--data", server.data)
                    #expect(again.exitCode == 2 && again.output.contains("pin_mismatch"))
                }
            }
        }

        @Test func `a dry run shows each call, begins nothing, and ends with 2 for what is missing`() async throws {
            try await CLIServer.with { server in
                let plan = try await CLIProcess.run("onboard", "--dry-run", "--data", server.data)
                #expect(plan.exitCode == 0, "\(plan.errors)")
                #expect(
                    plan.output.contains("subscribe_app\tchanges\tPOST\t/{waba_id}/subscribed_apps\tbusiness token\n"))
                #expect(plan.output.contains("announce\t-\t-\t-\tno call\n"))
                #expect(try await server.operator.onboardings().data.isEmpty)
                let missing = try await CLIProcess.run(
                    "onboard", "--dry-run", "--flow", "hosted", "--business-id", "506914307656634", "--json", "--data",
                    server.data)
                #expect(missing.exitCode == 2)
                let preview = try JSONDecoder().decode(PreviewView.self, from: Data(missing.output.utf8))
                #expect(preview.steps.first?.missing.map(\.reason) == ["business_not_approved"])
                let wrong = try await CLIProcess.run("onboard", "--dry-run", "--resume", "onb_x", "--data", server.data)
                #expect(wrong.exitCode == 64)
            }
        }

        @Test func `novelties are listed, exported and cleared`() async throws {
            try await CLIServer.with { server in
                let none = try await CLIProcess.run("novelties", "list", "--json", "--data", server.data)
                #expect(try JSONDecoder().decode([NoveltyView].self, from: Data(none.output.utf8)).isEmpty)
                let fixtures = try await CLIProcess.run("novelties", "export", "--data", server.data)
                #expect(fixtures.exitCode == 0 && fixtures.output.contains(#""name":"novelties""#))
                #expect(try await CLIProcess.run("novelties", "clear", "--data", server.data).exitCode == 0)
                let wrong = try await CLIProcess.run("novelties", "list", "--kind", "odd", "--data", server.data)
                #expect(wrong.exitCode == 1 && wrong.errors.hasPrefix("Error: "))
            }
        }
    }
}
