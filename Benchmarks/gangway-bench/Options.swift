// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

struct CommonOptions: ParsableArguments {
    @Option(help: "The server's binary (default: gangway beside this one).") var gangway: String?
    @Option(help: "postgres://… or a libpq string (default: SQLite files in a temporary folder).") var database: String?
    @Option(help: "Log level of the server; its log goes to a file.") var logLevel = "info"

    var binary: String {
        gangway ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "gangway").path
    }

    var engine: String { database == nil ? "SQLite, synchronous=FULL" : "PostgreSQL" }
}

struct IntakeOptions: ParsableArguments {
    @Option(help: "Rounds of each of the two, interleaved.") var rounds = 5
    @Option(help: "Seconds of a round.") var seconds = 4
    @Option(parsing: .upToNextOption, help: "Connections kept open, each number on a server of its own.")
    var connections = [64, 256]
    @Option(help: "Different notifications made for a round; more requests than these repeat them.") var notifications =
        120_000

    func run(_ options: CommonOptions, in workspace: Workspace) async throws {
        for connections in connections {
            try await IntakeBench(options: options, intake: self, connections: connections).run(in: workspace)
        }
    }
}

struct OnboardingOptions: ParsableArguments {
    @Option(help: "Onboardings of a batch.") var count = 300
    @Option(help: "Batches of each of the two, interleaved.") var batches = 3
    @Option(help: "Requests under way at once.") var concurrency = 32
}

struct StartupOptions: ParsableArguments {
    @Option(help: "Starts measured.") var starts = 10
    @Option(help: "Seconds of idleness before memory is read.") var idleSeconds = 3
}

struct ListsOptions: ParsableArguments {
    @Option(help: "Onboardings of the large database.") var rows = 1_000_000
    @Option(help: "Requests of each kind.") var repeats = 25
}

struct SandboxBenchOptions: ParsableArguments {
    @Option(help: "WABAs in the simulator's world, about.") var wabas = 100_000
    @Option(help: "Starts of each small world.") var starts = 10
    @Option(help: "Pages read of each kind.") var pages = 200
    @Option(help: "Rounds of each of the two routes, interleaved.") var rounds = 5
    @Option(help: "Seconds of a round.") var seconds = 4
    @Option(help: "Connections kept open.") var connections = 64
}

struct BenchFailure: Error, CustomStringConvertible {
    let description: String
}
