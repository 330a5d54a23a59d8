// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayServer
import Logging

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Onboards one sample customer on a fresh temporary server and simulator, and shows every step.",
        discussion: """
            Leaves nothing behind: in PostgreSQL it works in a schema of its own, which it drops at the end.

              gangway demo --postgres postgres://gangway@localhost/gangway

            Exit codes: 0 the number is live and the signed webhook arrived; 1 not.
            """)

    @Option(help: "Work in this PostgreSQL (postgres://…) instead of a temporary SQLite file.") var postgres: String?
    @Option(help: "trace, debug, info, notice, warning or error.") var logLevel = "error"

    func run() async throws {
        Observability.setUp(level: logLevel, format: nil)
        let demo = Demo(
            database: postgres, print: { StandardOutput.write($0 + "\n") }, logger: Logger(label: "demo"))
        do {
            try await demo.run(endsOnSignals: true)
        } catch {
            StandardOutput.write("the demo failed: \(error)\n")
            throw ExitCode(1)
        }
    }
}
