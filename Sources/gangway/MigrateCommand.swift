// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayServer

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Brings the database to this version's schema and says what it applied.",
        discussion: """
            serve does the same at its start; this is for doing it ahead, or with rights that serve does not have.

              gangway migrate --world live --database postgres://owner@db/gangway

            Exit codes: 0 done, or nothing to do; 1 failed, nothing half applied; 64 wrong usage.
            """)

    @OptionGroup var place: OfflineOptions
    @Option(help: "One world (default: those that serve would open with these settings).") var world: WorldName?
    @Flag(help: "Print a JSON object: the names of what was applied, by world.") var json = false

    func run() async throws {
        let settings = try await place.settings()
        var applied: [String: [String]] = [:]
        for world in world.map({ [$0.rawValue] }) ?? settings.worlds {
            let offline = try OfflineWorld(world: world, settings: settings, logger: OfflineOptions.logger)
            let names = try await offline.migrate()
            applied[world] = names
            guard !json else { continue }
            let lines = names.isEmpty ? ["nothing to do"] : names.map { "applied \($0)" }
            StandardOutput.write(lines.map { "\(world): \($0)\n" }.joined())
        }
        if json { try JSONOutput.write(applied) }
    }
}
