// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import GangwayClient

extension ActivationsCommand {
    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approves a request: its onboarding begins and waits for the business to share its WABA.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "avn_…") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            try ActivationsCommand.print(try await client.approveActivation(id), json: json)
        }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Rejects a request; the account may send in another one.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "avn_…") var id: String
        @Option(help: "Why, in words for the account's owner.") var reason: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            try ActivationsCommand.print(try await client.rejectActivation(id, reason: reason), json: json)
        }
    }

    struct Download: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Saves a request's certificate.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "avn_…") var id: String
        @Option(name: .shortAndLong, help: "Where to; an existing file is not replaced (default: ID.TYPE here).")
        var output: String?

        func run() async throws {
            let client = try server.connect(as: .operator).client
            let request = try await client.activation(id)
            let suffix = request.certificate.type.split(separator: "/").last ?? "bin"
            let path = output ?? "\(request.id).\(suffix)"
            let bytes = try await client.certificate(ofActivation: id)
            guard FileManager.default.fileExists(atPath: path) == false,
                FileManager.default.createFile(
                    atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
            else { throw ValidationError("\(path) is there already or cannot be written.") }
            StandardOutput.write("\(path)\n")
        }
    }
}
