// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayServer
import Logging

/// Where a server keeps its data: the same settings as `serve`, also from the environment and the config file.
struct OfflineOptions: ParsableArguments {
    @Option(help: "Directory of keys and SQLite files (default ./gangway-data).") var data: String?
    @Option(help: "sqlite:PATH or postgres://… (default: a file in the data directory).") var database: String?
    @Option(help: "File of the key-encryption keys (default DATA/keys).") var keyFile: String?
    @Option(help: "Config file of the server.") var config: String?

    func settings() async throws -> ServerSettings {
        Observability.setUp(level: "warning", format: nil)
        let given = ["data": data, "database": database, "key-file": keyFile].compactMapValues { $0 }
        return try await SettingsSource.load(flags: given, configFile: config)
    }

    static var logger: Logger { Logger(label: "gangway") }
}

/// The two worlds that never meet.
enum WorldName: String, ExpressibleByArgument, CaseIterable {
    case test
    case live
}
