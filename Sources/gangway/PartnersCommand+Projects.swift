// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

/// Sinch's dialect: projects, their access keys, and the operator's switch for long-lived tokens.
extension PartnersCommand {
    struct AddProject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Creates a Sinch project of a partner, for a customer that exists or for a new one.",
            discussion: #"gangway partners add-project prt_… "Lucky Shrub""#)
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the partner.") var id: String
        @Argument(help: "Name of the project.") var name: String
        @Option(help: "Id of the customer (default: a new one of the project's name).") var customer: String?
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            let project = try await client.createProject(name, of: id, customer: customer)
            if json { return try JSONOutput.write(project) }
            StandardOutput.write(Table.card([("project", project.id), ("customer", project.customerID)]))
        }
    }

    struct AddAccessKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mints a Sinch access key; the secret is shown this once.",
            discussion: "gangway partners add-access-key prt_… --project 0199…")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the partner.") var id: String
        @Option(help: "Only this project (default: all of the partner's).") var project: String?
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            let key = try await client.mintAccessKey(of: id, project: project)
            if json { return try JSONOutput.write(key) }
            StandardOutput.write(Table.card([("key id", key.id), ("key secret", key.secret ?? "-")]))
        }
    }

    struct RevokeAccessKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revokes a Sinch access key and the tokens it was exchanged for, at once.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the partner.") var id: String
        @Argument(help: "Id of the access key.") var key: String

        func run() async throws {
            try await server.connect(as: .operator).client.revokeAccessKey(key, of: id)
            StandardOutput.write("\(key) is revoked\n")
        }
    }

    struct AllowTokens: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a partner take long-lived tokens of Meta out of this server (Sinch's longLivedAccessToken)."
        )
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the partner.") var id: String
        @Flag(inversion: .prefixedNo, help: "Allow, or with --no-allow forbid.") var allow = true

        func run() async throws {
            try await server.connect(as: .operator).client.setLongLivedTokens(isAllowed: allow, for: id)
            StandardOutput.write("\(id) \(allow ? "may" : "may not") take long-lived tokens\n")
        }
    }
}
