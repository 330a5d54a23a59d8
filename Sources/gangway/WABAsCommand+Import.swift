// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FoundationEssentials
import GangwayClient

extension WABAsCommand {
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes WABAs on record that exist at Meta already.",
            discussion: """
                Columns of the file: waba_id, and if you like partner_id, customer_external_id, customer_name. Nothing is \
                changed at Meta, and importing again changes nothing here.
                """)
        @OptionGroup var server: ClientOptions
        @Argument(help: "CSV file.") var file: String?
        @Flag(help: "Import what Meta's client list shows, instead of a file.") var fromMeta = false
        @Option(help: "Whose the WABAs are that no row gives to somebody, prt_….") var partner: String?
        @Option(help: "Meta app (default: the world's only one).") var appId: String?
        @Flag(inversion: .prefixedNo, help: "Wait for the end and show what was not imported.") var wait = true
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            guard (file == nil) == fromMeta else { throw ValidationError("Give a file or --from-meta.") }
        }

        func run() async throws {
            let client = try server.connect(as: .operator).client
            var report = try await begin(client)
            while wait, report.isOpen {
                let total = report.rows.map { " of \($0)" } ?? ""
                StandardOutput.remark("\(report.state): \(report.rowsDone)\(total) rows \(report.detail ?? "")\n")
                try await Task.sleep(for: .milliseconds(500))
                report = try await client.importReport(report.id)
            }
            if json {
                try JSONOutput.write(report)
            } else {
                let outcomes = report.outcomes.sorted { $0.key < $1.key }.map { ($0.key, String($0.value)) }
                StandardOutput.write(
                    Table.card(
                        [("id", report.id), ("state", report.state), ("detail", report.detail ?? "-")] + outcomes))
            }
            if report.state == "failed" { throw ExitCode(1) }
            let refused = report.outcomes.keys.filter { $0 != "imported" && $0 != "already_here" }.sorted()
            for outcome in refused { try await show(outcome, of: report, client) }
            if !refused.isEmpty { throw ExitCode(2) }
        }

        private func begin(_ client: GangwayClient) async throws -> ImportView {
            guard let file else { return try await client.beginImportFromMeta(partner: partner, appID: appId) }
            guard let data = try? Data(contentsOf: URL(filePath: file)) else {
                throw ValidationError("\(file) cannot be read.")
            }
            return try await client.beginImport(csv: Array(data), partner: partner, appID: appId)
        }

        /// At most the first page: the API has them all.
        private func show(_ outcome: String, of report: ImportView, _ client: GangwayClient) async throws {
            for row in try await client.importRows(report.id, outcome: outcome).data {
                StandardOutput.remark("line \(row.line): \(row.wabaID) \(row.outcome) \(row.detail ?? "")\n")
            }
        }
    }
}
