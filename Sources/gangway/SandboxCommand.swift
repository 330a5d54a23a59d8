// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayServer
import Logging

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Runs the Graph simulator alone: Meta's onboarding surface on this machine.",
        discussion: """
            gangway sandbox --port 8081 --data ./sandbox

            Exit codes: 0 ended by SIGTERM or SIGINT; 1 could not start; 64 wrong usage.
            """)

    @Option(help: "Address to listen on.") var host = "127.0.0.1"
    @Option(help: "Port to listen on; 0 takes a free one.") var port = 8081
    @Option(help: "Directory to keep the world in; without one it lives in memory.") var data: String?
    @Option(help: "trace, debug, info, notice, warning or error.") var logLevel = "notice"

    func run() async throws {
        Observability.setUp(level: logLevel, format: nil)
        let sandbox = try SandboxServer(host: host, port: port, dataDirectory: data, logger: Logger(label: "sandbox"))
        let greeting = Task {
            StandardOutput.write("graph simulator on \(try await sandbox.url())\n")
        }
        defer { greeting.cancel() }
        try await sandbox.run(endsOnSignals: true)
    }
}
