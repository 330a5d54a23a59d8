// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

struct PartnersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partners", abstract: "Lists, creates and changes partners; needs an operator key.",
        discussion: """
            gangway partners create "Acme Messaging" --data ./gangway-data

            Exit codes: 0 done; 1 refused or no such server; 64 wrong usage.
            """,
        subcommands: [
            List.self, Create.self, Show.self, Enable.self, Disable.self, AddSolution.self, ApproveBusiness.self,
            Kaleyra.self,
            AddProject.self, AddAccessKey.self, RevokeAccessKey.self, AllowTokens.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists all partners.")
        @OptionGroup var server: ClientOptions
        @Flag(help: "Print a JSON array.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            let partners = try await GangwayClient.everyPage { cursor async throws(ClientError) in
                try await client.partners(limit: 100, cursor: cursor)
            }
            if json { return try JSONOutput.write(partners) }
            let rows = partners.map {
                [$0.id, $0.name, $0.appID, $0.isWhatsAppEnabled ? "enabled" : "disabled", $0.createdAt]
            }
            StandardOutput.write(Table.text(["ID", "NAME", "APP", "WHATSAPP", "CREATED"], rows))
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Creates a partner and prints it.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Name of the partner.") var name: String
        @Option(help: "Meta app (default: the world's only one).") var appId: String?
        @Option(help: "Currency of its customers unless an onboarding says another.") var currency: String?
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let partner = NewPartner(name: name, appID: appId, defaultCurrency: currency)
            try await PartnersCommand.print(server.connect(as: .operator).client.createPartner(partner), json: json)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one partner.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "prt_…") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await PartnersCommand.print(server.connect(as: .operator).client.partner(id), json: json)
        }
    }

    static func print(_ partner: PartnerView, json: Bool) throws {
        if json { return try JSONOutput.write(partner) }
        StandardOutput.write(
            Table.card([
                ("id", partner.id), ("name", partner.name), ("app", partner.appID),
                ("whatsapp", partner.isWhatsAppEnabled ? "enabled" : "disabled"),
                ("currency", partner.defaultCurrency ?? "-"), ("created", partner.createdAt),
            ]))
    }
}
