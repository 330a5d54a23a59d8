// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

extension PartnersCommand {
    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Switches a partner's WhatsApp integration on.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the partner.") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            try PartnersCommand.print(try await client.setWhatsApp(isEnabled: true, for: id), json: json)
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Switches it off: new onboardings are refused, those under way go on.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the partner.") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            try PartnersCommand.print(try await client.setWhatsApp(isEnabled: false, for: id), json: json)
        }
    }

    struct AddSolution: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a partner use a Multi-Partner Solution.",
            discussion: "gangway partners add-solution prt_… 987654321012345")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the partner.") var id: String
        @Argument(help: "Id of the solution at Meta.") var solution: String

        func run() async throws {
            try await server.connect(as: .operator).client.addSolution(solution, to: id)
            StandardOutput.write("\(id) may use solution \(solution)\n")
        }
    }

    struct ApproveBusiness: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirms that a business portfolio is the partner's customer.",
            discussion: "Afterwards resume what stopped as business_not_approved.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the partner.") var id: String
        @Argument(help: "Id of the business portfolio at Meta.") var business: String

        func run() async throws {
            try await server.connect(as: .operator).client.approveBusiness(business, for: id)
            StandardOutput.write("business \(business) is a customer of \(id)\n")
        }
    }
}
