// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayServer
import Logging

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the server; with no settings at all on SQLite and the Graph simulator.")

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
