// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Lists, creates and revokes API keys, and rotates the keys of sealed secrets.",
        discussion: """
            A new key is the only thing on standard output and is never shown again:

              KEY=$(gangway keys create --partner prt_… --data ./gangway-data)
              GANGWAY_KEY=$(gangway keys mint --operator --world live --data /var/lib/gangway)

            Exit codes: 0 done; 1 refused or no such server; 64 wrong usage.
            """,
        subcommands: [List.self, Create.self, Revoke.self, Mint.self, Rotate.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists keys by their beginnings: all with an operator key, a partner's own with the partner's.")
        @OptionGroup var server: ClientOptions
        @Flag(help: "Print a JSON array.") var json = false

        func run() async throws {
            let keys = try await server.connect(as: .operator).client.keys()
            if json { return try JSONOutput.write(keys) }
            let rows = keys.map { [$0.id, $0.prefix, $0.role, $0.partnerID ?? "-", $0.createdAt, $0.revokedAt ?? "-"] }
            StandardOutput.write(Table.text(["ID", "BEGINS", "ROLE", "PARTNER", "CREATED", "REVOKED"], rows))
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Creates a partner's key; needs an operator key.")
        @OptionGroup var server: ClientOptions
        @Option(help: "Id of the partner.") var partner: String
        @Flag(help: "Print JSON with id and key.") var json = false

        func run() async throws {
            let minted = try await server.connect(as: .operator).client.mintKey(for: partner)
            if json { return try JSONOutput.write(minted) }
            StandardOutput.remark("key \(minted.id) of \(partner), shown this once:\n")
            StandardOutput.write("\(minted.key ?? "")\n")
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revokes a key; every node refuses it within 2 seconds.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the key, not the key itself.") var id: String

        func run() async throws {
            try await server.connect(as: .operator).client.revokeKey(id)
            StandardOutput.write("\(id) is revoked\n")
        }
    }
}
