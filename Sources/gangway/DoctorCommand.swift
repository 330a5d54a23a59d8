// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Looks for what would stop onboardings, and how to mend it; needs an operator key.",
        discussion: """
            gangway doctor --data ./gangway-data
            gangway doctor --url https://gangway.example.com --json      (with GANGWAY_KEY)

            Looks at the app, its secret, token, permissions, roles, credit line, callback and fields at Meta, and at database, \
            disk, keys, clock and versions here. Changes nothing. Severities: ok; note (cannot be seen from here: look by \
            hand); warning (works today); error.

            Exit codes: 0 no error; 2 at least one error, or with --strict a warning; 1 refused or no such server; 64 wrong usage.
            """)

    @OptionGroup var server: ClientOptions
    @Flag(help: "Only what is not ok.") var quiet = false
    @Flag(help: "End with 2 for warnings, too.") var strict = false
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let report = try await server.connect(as: .operator).client.doctor()
        if json {
            try JSONOutput.write(report)
        } else {
            StandardOutput.write(Self.text(report.findings.filter { !quiet || $0.severity != "ok" }))
        }
        if report.status == "error" || (strict && report.status == "warning") { throw ExitCode(2) }
    }

    private static func text(_ findings: [DoctorReportView.Finding]) -> String {
        let rows = findings.map { finding in
            [finding.severity, finding.check, finding.appID ?? "-", finding.text, finding.remedy ?? "-"]
        }
        return Table.text(["SEVERITY", "CHECK", "APP", "FINDING", "REMEDY"], rows)
    }
}
