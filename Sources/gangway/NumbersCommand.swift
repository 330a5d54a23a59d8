// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

struct NumbersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "numbers", abstract: "Shows phone numbers, adds, verifies and registers them.",
        discussion: """
            A number outside Embedded Signup, step by step:

              gangway numbers add 102290129340398 49 15112345678 "Lucky Shrub" --data ./gangway-data
              gangway numbers request-code ID
              gangway numbers verify ID 123830
              gangway numbers register ID

            Exit codes: 0 done; 1 refused or no such server; 64 wrong usage.
            """,
        subcommands: [
            List.self, Show.self, Add.self, RequestCode.self, Verify.self, Register.self, Deregister.self, PIN.self,
            Name.self, Refresh.self, Budgets.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists numbers.")
        @OptionGroup var server: ClientOptions
        @Option(help: "Only those of this WABA.") var waba: String?

        func run() async throws {
            let client = try server.connect(as: .partner).client
            let numbers = try await GangwayClient.everyPage { cursor throws(ClientError) in
                try await client.phoneNumbers(wabaID: waba, limit: 250, cursor: cursor)
            }
            let rows = numbers.map { number in
                [
                    number.id, number.phoneNumber ?? "-", number.status ?? "-", number.verifiedName ?? "-",
                    number.nameStatus ?? "-", number.qualityRating ?? "-", number.messagingLimit ?? "-",
                ]
            }
            StandardOutput.write(
                Table.text(["ID", "NUMBER", "STATUS", "NAME", "NAME STATUS", "QUALITY", "LIMIT"], rows))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one number.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the number.") var id: String

        func run() async throws {
            NumbersCommand.show(try await server.connect(as: .partner).client.phoneNumber(id))
        }
    }

    struct Refresh: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Reads a number at Meta now and shows it.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the number.") var id: String

        func run() async throws {
            NumbersCommand.show(try await server.connect(as: .partner).client.refreshNumber(id))
        }
    }

    struct Budgets: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows how many registrations and code requests are left.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the number.") var id: String

        func run() async throws {
            let budgets = try await server.connect(as: .partner).client.budgets(of: id)
            let rows = budgets.map { [$0.kind, "\($0.used)", "\($0.left)", $0.nextAllowedAt ?? "now"] }
            StandardOutput.write(Table.text(["KIND", "USED", "LEFT", "NEXT ALLOWED"], rows))
        }
    }

    static func show(_ number: PhoneNumberView) {
        let rows = [
            ["id", number.id], ["waba", number.wabaID], ["number", number.phoneNumber ?? "-"],
            ["status", number.status ?? "-"], ["verification", number.codeVerificationStatus ?? "-"],
            ["register by", number.registrationDueAt ?? "-"], ["name", number.verifiedName ?? "-"],
            ["name status", number.nameStatus ?? "-"], ["requested name", number.requestedName ?? "-"],
            ["quality", number.qualityRating ?? "-"], ["limit", number.messagingLimit ?? "-"],
        ]
        StandardOutput.write(rows.map { $0.joined(separator: "\t") + "\n" }.joined())
    }
}
