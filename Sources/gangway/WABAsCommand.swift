// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

struct WABAsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wabas",
        abstract: "Lists WABAs, compares them with Meta, imports and offboards them; needs an operator key.",
        discussion: """
            gangway wabas list --source client --data ./gangway-data
            gangway wabas reconcile --repair --wait --data ./gangway-data
            gangway wabas offboard 102290129340398 --data ./gangway-data
            gangway wabas import customers.csv --partner prt_… --data ./gangway-data

            Exit codes: 0 done; 2 something differs, or rows were not imported; 1 refused or no such server; 64 wrong usage.
            """,
        subcommands: [List.self, Show.self, Reconcile.self, Drift.self, Import.self, Offboard.self])

    enum Source: String, ExpressibleByArgument, CaseIterable {
        case records
        case client
        case owned
    }

    enum Sort: String, ExpressibleByArgument, CaseIterable {
        case oldest
        case newest

        var name: String { "creation_time_" + (self == .oldest ? "ascending" : "descending") }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists records, or what Meta lists now.")
        @OptionGroup var server: ClientOptions
        @Option(help: "records, or Meta's client or owned list.") var source = Source.records
        @Option(help: "Created at Meta after this moment (RFC 3339 or Unix seconds); Meta's lists only.")
        var createdAfter: String?
        @Option(help: "Created at Meta before this moment; Meta's lists only.") var createdBefore: String?
        @Option(help: "oldest or newest first; Meta's lists only.") var sort: Sort?
        @Flag(help: "Print a JSON array.") var json = false

        func validate() throws {
            guard source != .records || (createdAfter == nil && createdBefore == nil && sort == nil) else {
                throw ValidationError("--created-after, --created-before and --sort need --source client or owned.")
            }
        }

        func run() async throws {
            let client = try server.connect(as: .operator).client
            guard source == .records else { return try await listMeta(client) }
            let wabas = try await GangwayClient.everyPage { cursor async throws(ClientError) in
                try await client.wabas(limit: 250, cursor: cursor)
            }
            if json { return try JSONOutput.write(wabas) }
            let rows = wabas.map {
                [$0.id, $0.name ?? "-", $0.state, $0.reviewStatus ?? "-", $0.isSubscribed ? "subscribed" : "-"]
            }
            StandardOutput.write(Table.text(["ID", "NAME", "STATE", "REVIEW", "APP"], rows))
        }

        private func listMeta(_ client: GangwayClient) async throws {
            let wabas = try await GangwayClient.everyPage { cursor async throws(ClientError) in
                try await client.wabas(
                    source: source.rawValue, createdAfter: createdAfter, createdBefore: createdBefore,
                    sort: sort?.name, cursor: cursor)
            }
            if json { return try JSONOutput.write(wabas) }
            let rows = wabas.map {
                [
                    $0.id, $0.name ?? "-", $0.reviewStatus ?? "-", $0.creationTime ?? "-",
                    $0.record.map { "\($0.state) \($0.partnerID)" } ?? "not on record",
                ]
            }
            StandardOutput.write(Table.text(["ID", "NAME", "REVIEW", "CREATED", "RECORD"], rows))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one WABA as JSON.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the WABA.") var id: String
        @Flag(help: "Ask Meta now: health, permissions, subscribed apps, funding.") var refresh = false

        func run() async throws {
            let text = try await server.connect(as: .operator).client.wabaText(id, refresh: refresh)
            StandardOutput.write(text + "\n")
        }
    }
}
