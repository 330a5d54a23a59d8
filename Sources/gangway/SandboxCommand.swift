// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayServer
import Logging

struct SandboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Runs the Graph simulator alone: Meta's onboarding surface on this machine.",
        discussion: """
            gangway sandbox --port 8081 --data ./sandbox
            gangway sandbox --businesses 1000 --seed 7 --scenario graph_brownout

            Exit codes: 0 ended by SIGTERM or SIGINT, or done; 1 could not start, or refused; 64 wrong usage.
            """,
        subcommands: [Run.self, Scenarios.self, Rehearse.self, Export.self, Import.self], defaultSubcommand: Run.self)

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Runs a simulator (what `gangway sandbox` does).")

        @Option(help: "Address to listen on.") var host = "127.0.0.1"
        @Option(help: "Port to listen on; 0 takes a free one.") var port = 8081
        @Option(help: "Directory to keep the world in; without one it lives in memory.") var data: String?
        @Option(help: "Begin with so many customers, made from --seed.") var businesses: Int?
        @Option(help: "Where chance comes from: the same seed gives the same customers, ids included.") var seed:
            UInt64?
        @Option(help: "Begin with the world of a seed file or an export.") var seedFile: String?
        @Option(help: "Begin with a scenario in force; may be repeated.") var scenario: [String] = []
        @Option(help: "How long a failing callback is called again: Meta says 7d, its older pages 36h.")
        var webhookRetries = TimeSpan(seconds: 7 * 86_400)
        @Option(help: "trace, debug, info, notice, warning or error.") var logLevel = "notice"

        func validate() throws {
            guard businesses == nil || seedFile == nil else {
                throw ValidationError("Give one of --businesses and --seed-file.")
            }
            for name in scenario where !SandboxServer.scenarios.contains(where: { $0.name == name }) {
                throw ValidationError("No scenario \(name); `gangway sandbox scenarios` lists them.")
            }
        }

        func run() async throws {
            Observability.setUp(level: logLevel, format: nil)
            let beginning = SandboxServer.Beginning(
                businesses: businesses, seed: seed, seedFile: seedFile, scenarios: scenario,
                webhookRetrySeconds: webhookRetries.seconds)
            let sandbox = try SandboxServer(
                host: host, port: port, dataDirectory: data, beginning: beginning, logger: Logger(label: "sandbox"))
            let greeting = Task {
                StandardOutput.write("graph simulator on \(try await sandbox.url())\n")
            }
            defer { greeting.cancel() }
            try await sandbox.run(endsOnSignals: true)
        }
    }

    struct Scenarios: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists what can be rehearsed: name, what is the matter, what a client sees.")
        @Flag(help: "Print a JSON array.") var json = false

        func run() throws {
            let scenarios = SandboxServer.scenarios
            if json { return try JSONOutput.write(scenarios) }
            StandardOutput.write(
                Table.text(["SCENARIO", "WHAT", "EXPECT"], scenarios.map { [$0.name, $0.summary, $0.expect] }))
        }
    }
}

/// Which running simulator is meant.
struct SandboxOptions: ParsableArguments {
    @Option(help: "Address of the simulator.") var url = "http://127.0.0.1:8081"

    var control: SandboxControl { SandboxControl(baseURL: url) }
}
