// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Who did what, and whether the record of it is intact; needs an operator key.",
        discussion: """
            gangway audit list --target onb_… --data ./gangway-data
            gangway audit verify --data ./gangway-data
            gangway audit verify --head 1234:9f86d081… --data ./gangway-data

            Every activity is chained to the one before it by a hash, by a job that runs every 30 seconds. Note the head that \
            verify prints, away from the database: with --head a later run also proves that nothing up to it was rewritten.

            Exit codes: 0 intact, or listed; 2 broken: the first place that does not fit is shown; 1 refused or no such server; \
            64 wrong usage.
            """,
        subcommands: [List.self, Verify.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists activities, newest first.")
        @OptionGroup var server: ClientOptions
        @Option(help: "Only of this object: an onboarding's, a WABA's, a key's id …") var target: String?
        @Option(help: "At most this many.") var limit = 100
        @Flag(help: "Print a JSON array.") var json = false

        func validate() throws {
            guard (1...250).contains(limit) else { throw ValidationError("--limit must be 1 to 250.") }
        }

        func run() async throws {
            let client = try server.connect(as: .operator).client
            let activities = try await client.activities(target: target, limit: limit).data
            if json { return try JSONOutput.write(activities) }
            let rows = activities.map {
                [$0.at, $0.actor, $0.action, $0.target, ($0.detail ?? "-").replacing("\n", with: " ")]
            }
            StandardOutput.write(Table.text(["AT", "BY", "ACTION", "TARGET", "DETAIL"], rows))
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks the whole trail and says the first broken place.")
        @OptionGroup var server: ClientOptions
        @Option(help: "A head noted down before, POSITION:HASH: the trail must still lead through it.") var head:
            String?
        @Flag(help: "First chain what the sealing job has not come to yet.") var seal = false
        @Flag(help: "Print the last report as JSON.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            if seal { _ = try await client.sealAudit() }
            var report = try await client.verifyAudit(after: 0, head: head)
            var checked = report.checked
            while let next = report.nextAfter {
                StandardOutput.remark("\(checked) checked\n")
                report = try await client.verifyAudit(after: next, head: head)
                checked += report.checked
            }
            if json { try JSONOutput.write(report) } else { StandardOutput.write(Self.card(report, checked)) }
            if report.broken != nil { throw ExitCode(2) }
        }

        private static func card(_ report: AuditReportView, _ checked: Int) -> String {
            var rows = [
                ("trail", report.broken == nil ? "intact" : "broken"), ("checked", String(checked)),
                ("head", report.trail.head?.description ?? "-"), ("sealed at", report.trail.sealedAt ?? "-"),
                ("not sealed yet", String(report.trail.unsealed)),
            ]
            if let begins = report.trail.begins { rows.append(("pruned up to", begins.description)) }
            if let broken = report.broken {
                rows.append(("first broken", "position \(broken.position): \(meaning(broken.kind))"))
                if let activity = broken.activityID { rows.append(("activity there", activity)) }
            }
            return Table.card(rows)
        }

        private static func meaning(_ kind: String) -> String {
            switch kind {
            case "altered": "altered: it is not what was sealed here"
            case "missing": "missing: nothing is here"
            case "end": "end: the trail goes elsewhere than it was sealed to"
            case "beginning": "beginning: the trail does not begin where pruning left it"
            case "witness": "witness: this is not the trail that the given head was taken from"
            default: kind
            }
        }
    }
}
