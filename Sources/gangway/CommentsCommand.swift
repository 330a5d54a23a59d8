// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

struct CommentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comments", abstract: "Notes on onboardings, WABAs and phone numbers.",
        discussion: """
            gangway comments add onboarding onb_… "The customer sends the PIN tomorrow." --data ./gangway-data
            gangway comments list waba 102290129340398 --data ./gangway-data

            A comment stands in the audit trail: it is never changed or removed. Partner and operator see each other's.

            Exit codes: 0 done; 1 refused or no such server; 64 wrong usage.
            """,
        subcommands: [Add.self, List.self])

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case onboarding
        case waba
        case number

        var commented: GangwayClient.Commented {
            switch self {
            case .onboarding: .onboarding
            case .waba: .waba
            case .number: .number
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds a comment.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "onboarding, waba or number.") var subject: Subject
        @Argument(help: "Its id.") var id: String
        @Argument(help: "1 to 10,000 characters.") var text: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            let comment = try await client.addComment(text, to: subject.commented, id)
            if json { return try JSONOutput.write(comment) }
            StandardOutput.write("\(comment.id)\n")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists comments, newest first.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "onboarding, waba or number.") var subject: Subject
        @Argument(help: "Its id.") var id: String
        @Flag(help: "Print a JSON array.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            let comments = try await GangwayClient.everyPage { cursor async throws(ClientError) in
                try await client.comments(on: subject.commented, id, cursor: cursor)
            }
            if json { return try JSONOutput.write(comments) }
            let rows = comments.map { [$0.at, $0.actor, $0.text.replacing("\n", with: " ")] }
            StandardOutput.write(Table.text(["AT", "BY", "TEXT"], rows))
        }
    }
}
