// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayServer

extension KeysCommand {
    struct Mint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Creates a key directly in the database: the first operator key of a world.",
            discussion: """
                Needs no running server and no key, but the server's data directory or database:

                  gangway keys mint --operator --world live --data /var/lib/gangway

                Creates the database and the key file if they are missing, as serve would.
                """)

        @OptionGroup var place: OfflineOptions
        @Option(help: "The key opens this world only.") var world: WorldName
        @Flag(help: "An operator's key.") var `operator` = false
        @Option(help: "A key of the partner with this id.") var partner: String?
        @Flag(help: "Print JSON with id and key.") var json = false

        func validate() throws {
            guard `operator` != (partner != nil) else { throw ValidationError("Give one of --operator and --partner.") }
        }

        func run() async throws {
            let offline = try OfflineWorld(
                world: world.rawValue, settings: try await place.settings(), logger: OfflineOptions.logger)
            let minted = try await offline.mintKey(partner: partner)
            if json { return try JSONOutput.write(minted) }
            let owner = partner ?? "the operator"
            StandardOutput.remark(
                "key \(minted.id) of \(owner), \(world) world in \(offline.target), shown this once:\n")
            StandardOutput.write("\(minted.key)\n")
        }
    }
}
