// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayServer
import Logging

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the server; with no settings at all on SQLite and the Graph simulator.",
        discussion: """
            Each flag is also a variable (--sandbox-port: GANGWAY_SANDBOX_PORT) and a key of the config file \
            ("sandbox-port"); flags win, then the environment, then the file.

              gangway serve --data /var/lib/gangway --database postgres://gangway@db/gangway

            Exit codes: 0 ended by SIGTERM or SIGINT; 1 could not start or failed; 64 wrong usage.
            """)

    @OptionGroup var flags: ServerFlags

    func run() async throws {
        let settings = try await SettingsSource.load(flags: flags.given, configFile: flags.config)
        Observability.setUp(level: settings.logLevel, format: settings.logFormat)
        let server = try GangwayServer(settings: settings, logger: Logger(label: "gangway"))
        let greeting = Task {
            let running = try await server.ready()
            Greeting.print(running, dataDirectory: settings.dataDirectory)
        }
        defer { greeting.cancel() }
        try await server.run(endsOnSignals: true)
    }
}
