// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayClient
import GangwayServer
import TestSupport
import Testing

extension CLITests {
    /// Lists, reconciliations and imports as an operator's scripts would handle them.
    @Suite(.timeLimit(.minutes(10))) struct CLIWABAsTests {
        @Test func `what Meta lists is shown, compared, imported and compared again`() async throws {
            try await CLIServer.with { server in
                try await SandboxCaller(url: server.credentials.graphURL).seed(#"{"businesses": 3}"#)
                let listed = try await CLIProcess.run("wabas", "list", "--source", "client", "--data", server.data)
                let rows = listed.output.split(separator: "\n")
                #expect(rows.count == 3 && rows.allSatisfy { $0.hasSuffix("\tnot on record") })
                let found = try await CLIProcess.run("wabas", "reconcile", "--wait", "--json", "--data", server.data)
                #expect(found.exitCode == 2, "\(found.errors)")
                let run = try JSONDecoder().decode(ReconciliationView.self, from: Data(found.output.utf8))
                #expect(run.drift == ["foreign": 3])
                let drift = try await CLIProcess.run("wabas", "drift", run.id, "--data", server.data)
                #expect(drift.output.split(separator: "\n").count { $0.hasPrefix("foreign\t") } == 3)

                let partner = server.credentials.partner.id
                let imported = try await CLIProcess.run(
                    "wabas", "import", "--from-meta", "--partner", partner, "--data", server.data)
                #expect(imported.exitCode == 0, "\(imported.errors)")
                #expect(imported.output.contains("imported\t3\n"))
                let clean = try await CLIProcess.run("wabas", "reconcile", "--wait", "--data", server.data)
                #expect(clean.exitCode == 0, "\(clean.output)")
                let waba = try #require(rows.first?.split(separator: "\t").first.map(String.init))
                let shown = try await CLIProcess.run("wabas", "show", waba, "--refresh", "--data", server.data)
                #expect(shown.output.contains(#""evidence":"operator_import""#))
            }
        }

        @Test func `a live customer is taken off, and asking again shows the same departure`() async throws {
            try await CLIServer.with { server in
                let onboarded = try await CLIProcess.run("onboard", "--data", server.data, "--json")
                #expect(onboarded.exitCode == 0, "\(onboarded.errors)")
                let live = try JSONDecoder().decode(OnboardingView.self, from: Data(onboarded.output.utf8))
                let waba = try #require(live.wabaID)
                let plan = try await CLIProcess.run("wabas", "offboard", waba, "--dry-run", "--data", server.data)
                #expect(plan.exitCode == 0, "\(plan.errors)")
                #expect(
                    plan.output.contains("unsubscribe_app\tchanges\tDELETE\t/\(waba)/subscribed_apps\tbusiness token\n")
                )
                #expect(plan.output.contains("forget_token\t-\t-\t-\tno call\n"))
                let run = try await CLIProcess.run("wabas", "offboard", waba, "--json", "--data", server.data)
                #expect(run.exitCode == 0, "\(run.errors)")
                let gone = try JSONDecoder().decode(OnboardingView.self, from: Data(run.output.utf8))
                #expect(gone.state == "offboarded" && gone.plan == "offboarding")
                let again = try await CLIProcess.run("wabas", "offboard", waba, "--json", "--data", server.data)
                #expect(try JSONDecoder().decode(OnboardingView.self, from: Data(again.output.utf8)).id == gone.id)
            }
        }

        @Test func `a file with rows that cannot be imported says which, and ends with 2`() async throws {
            try await CLIServer.with { server in
                try await withTemporaryFolder { folder in
                    let file = folder.appending(path: "customers.csv")
                    try Data("waba_id\nnot an id\n123456789012345\n".utf8).write(to: file)
                    let run = try await CLIProcess.run(
                        "wabas", "import", file.path, "--partner", server.credentials.partner.id, "--data", server.data)
                    #expect(run.exitCode == 2)
                    #expect(run.output.contains("invalid\t1\n") && run.output.contains("not_shared\t1\n"))
                    #expect(run.errors.contains("line 2: not an id invalid"))
                    #expect(run.errors.contains("line 3: 123456789012345 not_shared"))
                }
            }
        }

        @Test(
            arguments: [
                (["wabas", "import"], 64), (["wabas", "import", "a.csv", "--from-meta"], 64),
                (["wabas", "list", "--created-after", "1604962813"], 64), (["wabas", "drift", "rec_x"], 1),
                (["wabas", "show", "1"], 1), (["wabas", "offboard", "1"], 1),
                (["wabas", "list", "--source", "client", "--created-after", "soon"], 1),
            ] as [([String], Int32)])
        func `what is refused ends with its code`(command: [String], exitCode: Int32) async throws {
            try await CLIServer.with { server in
                let run = try await CLIProcess.run(command + ["--data", server.data])
                #expect(run.exitCode == exitCode, "\(run.errors)")
                #expect(run.output == "" && run.errors.hasPrefix("Error: "))
            }
        }
    }
}
