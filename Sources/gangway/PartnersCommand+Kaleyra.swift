// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

extension PartnersCommand {
    struct Kaleyra: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Accounts (SID and key) that speak Kaleyra's API for a partner.",
            discussion: "gangway partners kaleyra create prt_… --data ./gangway-data",
            subcommands: [List.self, Create.self, Activate.self, Trial.self, RotateKey.self])

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Lists all accounts.")
            @OptionGroup var server: ClientOptions
            @Flag(help: "Print a JSON array.") var json = false

            func run() async throws {
                let accounts = try await server.connect(as: .operator).client.kaleyraAccounts()
                if json { return try JSONOutput.write(accounts) }
                let rows = accounts.map {
                    [$0.sid, $0.partnerID, $0.customerID ?? "-", $0.isTrial ? "trial" : "active", $0.createdAt]
                }
                StandardOutput.write(Table.text(["SID", "PARTNER", "CUSTOMER", "STATE", "CREATED"], rows))
            }
        }

        struct Create: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Creates an account; its key is shown this once.")
            @OptionGroup var server: ClientOptions
            @Argument(help: "Id of the partner.") var partner: String
            @Option(help: "It speaks for this customer alone (default: for the partner as a whole).")
            var customer: String?
            @Flag(help: "On trial: every call is refused until the account is activated.") var trial = false
            @Flag(help: "Print JSON.") var json = false

            func run() async throws {
                let client = try server.connect(as: .operator).client
                try Kaleyra.print(
                    try await client.createKaleyraAccount(for: partner, customer: customer, isTrial: trial), json: json)
            }
        }

        struct Activate: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Its owner is known (KYC): calls are served.")
            @OptionGroup var server: ClientOptions
            @Argument(help: "SID of the account.") var sid: String
            @Flag(help: "Print JSON.") var json = false

            func run() async throws {
                try Kaleyra.print(
                    try await server.connect(as: .operator).client.setKaleyraTrial(false, sid), json: json)
            }
        }

        struct Trial: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Puts it on trial: calls are refused.")
            @OptionGroup var server: ClientOptions
            @Argument(help: "SID of the account.") var sid: String
            @Flag(help: "Print JSON.") var json = false

            func run() async throws {
                try Kaleyra.print(try await server.connect(as: .operator).client.setKaleyraTrial(true, sid), json: json)
            }
        }

        struct RotateKey: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Makes a new key, shown this once; the former ones stop working.")
            @OptionGroup var server: ClientOptions
            @Argument(help: "SID of the account.") var sid: String
            @Flag(help: "Print JSON.") var json = false

            func run() async throws {
                try Kaleyra.print(try await server.connect(as: .operator).client.rotateKaleyraKey(sid), json: json)
            }
        }
    }
}

extension PartnersCommand.Kaleyra {
    static func print(_ account: KaleyraAccountView, json: Bool) throws {
        if json { return try JSONOutput.write(account) }
        var members = [
            ("sid", account.sid), ("partner", account.partnerID), ("customer", account.customerID ?? "-"),
            ("state", account.isTrial ? "trial" : "active"), ("created", account.createdAt),
        ]
        if let key = account.apiKey { members.append(("api key", key)) }
        StandardOutput.write(Table.card(members))
    }
}
