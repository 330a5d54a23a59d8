// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FoundationEssentials
import GangwayClient

struct NoveltiesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "novelties", abstract: "What Meta sent that this version does not know; needs an operator key.",
        discussion: """
            gangway novelties list --data ./gangway-data
            gangway novelties export --out novelties.json --data ./gangway-data
            gangway sandbox rehearse --file novelties.json

            Fields, values, webhook events and error codes are counted where they are seen. Nothing fails for them; they show \
            what Meta has changed.

            Exit codes: 0 done; 1 refused or no such server; 64 wrong usage.
            """,
        subcommands: [List.self, Export.self, Clear.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists them, the latest first.")
        @OptionGroup var server: ClientOptions
        @Option(help: "field, value, event or error_code.") var kind: String?
        @Flag(help: "Print a JSON array.") var json = false

        func run() async throws {
            let found = try await server.connect(as: .operator).client.novelties(kind: kind).data
            if json { return try JSONOutput.write(found) }
            let rows = found.map { [$0.kind, $0.place, $0.word, String($0.count), $0.firstSeenAt, $0.lastSeenAt] }
            StandardOutput.write(Table.text(["KIND", "PLACE", "WORD", "COUNT", "FIRST SEEN", "LAST SEEN"], rows))
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes them as a scenario in which the simulator sends them again.")
        @OptionGroup var server: ClientOptions
        @Option(help: "File to write (default: standard output).") var out: String?

        func run() async throws {
            let text = try await server.connect(as: .operator).client.noveltyFixturesText() + "\n"
            guard let out else { return StandardOutput.write(text) }
            try Data(text.utf8).write(to: URL(filePath: out), options: .atomic)
        }
    }

    struct Clear: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Forgets them: counting begins anew.")
        @OptionGroup var server: ClientOptions

        func run() async throws { try await server.connect(as: .operator).client.clearNovelties() }
    }
}
