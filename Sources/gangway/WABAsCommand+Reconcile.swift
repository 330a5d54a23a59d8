// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

extension WABAsCommand {
    struct Reconcile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compares the records of a Meta app with Meta.",
            discussion: "It goes on without this command; gangway wabas drift ID shows what it found.")
        @OptionGroup var server: ClientOptions
        @Option(help: "Meta app (default: the world's only one).") var appId: String?
        @Flag(help: "Repair what is safe: subscriptions, overrides, tokens, records of WABAs that left.") var repair =
            false
        @Flag(help: "Wait for its end and show the progress.") var wait = false
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            var run = try await client.beginReconciliation(repair: repair, appID: appId)
            while wait, run.isOpen {
                StandardOutput.remark(Self.progress(run))
                try await Task.sleep(for: .milliseconds(500))
                run = try await client.reconciliation(run.id)
            }
            if json { try JSONOutput.write(run) } else { StandardOutput.write(Self.card(run)) }
            if run.state == "failed" { throw ExitCode(1) }
            if !run.drift.isEmpty { throw ExitCode(2) }
        }

        private static func progress(_ run: ReconciliationView) -> String {
            let done = run.phase == "records" ? "\(run.checked) of \(run.records) records" : "\(run.listed) listed"
            let end = run.estimatedFinishAt.map { ", done about \($0)" } ?? ""
            return "\(run.state) \(run.phase): \(done)\(end)\(run.detail.map { " (\($0))" } ?? "")\n"
        }

        private static func card(_ run: ReconciliationView) -> String {
            let kinds = run.drift.sorted { $0.key < $1.key }.map { ("drift \($0.key)", String($0.value)) }
            return Table.card(
                [
                    ("id", run.id), ("state", run.state), ("listed", String(run.listed)),
                    ("checked", "\(run.checked) of \(run.records)"), ("rescued", String(run.rescued)),
                    ("repaired", String(run.repaired)), ("detail", run.detail ?? "-"),
                ] + kinds)
        }
    }

    struct Drift: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists what a reconciliation found.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "rec_…") var id: String
        @Option(help: "Only this kind.") var kind: String?
        @Flag(help: "Print a JSON array.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            let found = try await GangwayClient.everyPage { cursor async throws(ClientError) in
                try await client.drift(of: id, kind: kind, cursor: cursor)
            }
            if json { return try JSONOutput.write(found) }
            let rows = found.map {
                [
                    $0.kind, $0.wabaID, $0.phoneNumberID ?? "-", $0.repair, $0.detail ?? "-",
                    "\($0.remedy.actor): \($0.remedy.text)",
                ]
            }
            StandardOutput.write(Table.text(["KIND", "WABA", "NUMBER", "REPAIR", "DETAIL", "REMEDY"], rows))
        }
    }
}
