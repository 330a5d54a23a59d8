// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

struct AppsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apps", abstract: "Lists and sets Meta apps; needs an operator key.",
        discussion: """
            gangway apps set --id 634974688087057 --kind solution_partner --business-id 2729063490586005 \\
              --app-secret-file ./app-secret --system-token-file -

            Exit codes: 0 done; 1 refused or no such server; 64 wrong usage.
            """,
        subcommands: [List.self, Show.self, Set.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the world's apps.")
        @OptionGroup var server: ClientOptions
        @Flag(help: "Print a JSON array.") var json = false

        func run() async throws {
            let apps = try await server.connect(as: .operator).client.apps()
            if json { return try JSONOutput.write(apps) }
            let rows = apps.map { [$0.id, $0.kind, $0.businessID, $0.systemUserID ?? "-", $0.creditLineID ?? "-"] }
            StandardOutput.write(Table.text(["ID", "KIND", "BUSINESS", "SYSTEM USER", "CREDIT LINE"], rows))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one app, without its secrets.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the app.") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try AppsCommand.print(try await server.connect(as: .operator).client.app(id), json: json)
        }
    }

    static func print(_ app: AppView, json: Bool) throws {
        if json { return try JSONOutput.write(app) }
        StandardOutput.write(
            Table.card([
                ("id", app.id), ("kind", app.kind), ("business", app.businessID),
                ("system user", app.systemUserID ?? "-"), ("credit line", app.creditLineID ?? "-"),
                ("credit sharing", app.creditSharing ?? "-"),
                ("offboard on removal", app.offboardOnRemoval == true ? "yes" : "no"),
                ("config id", app.configID ?? "-"),
            ]))
    }
}
