// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

struct ActivationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activations", abstract: "Lists and decides activation requests; needs an operator key.",
        discussion: """
            gangway activations list --state submitted --data ./gangway-data
            gangway activations download avn_… --data ./gangway-data
            gangway activations approve avn_… --data ./gangway-data

            Exit codes: 0 done; 1 refused or no such server; 64 wrong usage.
            """,
        subcommands: [List.self, Show.self, Approve.self, Reject.self, Download.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists requests, newest first.")
        @OptionGroup var server: ClientOptions
        @Option(help: "submitted, approved, rejected or closed.") var state: String?
        @Flag(help: "Print a JSON array.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            let requests = try await GangwayClient.everyPage { cursor async throws(ClientError) in
                try await client.activations(state: state, limit: 100, cursor: cursor)
            }
            if json { return try JSONOutput.write(requests) }
            let rows = requests.map {
                [$0.id, $0.sid, $0.businessID, $0.businessName, $0.phoneNumber, progress($0), $0.createdAt]
            }
            StandardOutput.write(
                Table.text(["ID", "SID", "BUSINESS", "NAME", "NUMBER", "STATE", "CREATED"], rows))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one request.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "avn_…") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try ActivationsCommand.print(try await server.connect(as: .operator).client.activation(id), json: json)
        }
    }

    static func print(_ request: ActivationView, json: Bool) throws {
        if json { return try JSONOutput.write(request) }
        StandardOutput.write(
            Table.card([
                ("id", request.id), ("sid", request.sid), ("partner", request.partnerID),
                ("business", request.businessID), ("name", request.businessName),
                ("display name", request.displayName), ("number", request.phoneNumber),
                ("incoming url", request.incomingURL ?? "-"),
                ("certificate", "\(request.certificate.type), \(request.certificate.size) bytes"),
                ("state", progress(request)), ("reason", request.reason ?? "-"),
                ("onboarding", request.onboardingID ?? "-"), ("waba", request.wabaID ?? "-"),
                ("created", request.createdAt),
            ]))
    }
}

/// `approved, waiting`: the request's state and, once it has one, its onboarding's.
private func progress(_ request: ActivationView) -> String {
    [request.state, request.onboardingState].compactMap(\.self).joined(separator: ", ")
}
