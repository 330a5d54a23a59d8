// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FoundationEssentials
import GangwayServer

extension SandboxCommand {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the whole world of a running simulator, tokens included, as JSON lines.")
        @OptionGroup var sandbox: SandboxOptions
        @Option(help: "File to write (default: standard output).") var out: String?

        func run() async throws {
            let world = try await sandbox.control.exportWorld()
            guard let out else { return StandardOutput.write(String(decoding: world, as: UTF8.self)) }
            try world.write(to: URL(filePath: out), options: .atomic)
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts a world in the place of the one that a running simulator has.")
        @OptionGroup var sandbox: SandboxOptions
        @Argument(help: "An export, or a seed file.") var file: String

        func run() async throws {
            let world = try Data(contentsOf: URL(filePath: file))
            StandardOutput.write(
                String(decoding: try await sandbox.control.importWorld(world), as: UTF8.self) + "\n")
        }
    }

    struct Rehearse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Begins a scenario in a running simulator, or ends it.",
            discussion: """
                gangway sandbox rehearse pin_mismatch
                gangway sandbox rehearse --file replay.json      (of gangway replay, or gangway novelties export)
                """)
        @OptionGroup var sandbox: SandboxOptions
        @Argument(help: "Its name; without one --end ends all.") var name: String?
        @Option(help: "Only for this WABA or phone number.") var id: String?
        @Option(help: "A scenario that was written down.") var file: String?
        @Flag(help: "End it instead.") var end = false

        func validate() throws {
            guard end || (name == nil) != (file == nil) else {
                throw ValidationError("Give a scenario's name, --file, or --end.")
            }
        }

        func run() async throws {
            if let file {
                let begun = try await sandbox.control.begin(written: try Data(contentsOf: URL(filePath: file)))
                return StandardOutput.write(String(decoding: begun, as: UTF8.self) + "\n")
            }
            if end { return try await sandbox.control.end(scenario: name) }
            let begun = try await sandbox.control.begin(scenario: name ?? "", objectID: id)
            StandardOutput.write(String(decoding: begun, as: UTF8.self) + "\n")
        }
    }
}
