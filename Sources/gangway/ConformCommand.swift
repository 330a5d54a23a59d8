// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Conformance
import Foundation

struct ConformCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conform",
        abstract: "Asks a server a vendor's documented cases and shows what agrees and what differs.",
        discussion: """
            gangway conform --dialect splashify --base-url http://127.0.0.1:8080 \
            --credentials ./gangway-data/credentials.json

            Works against any server, the vendor's own too. What costs or changes something is asked only with \
            --allow-changes. Cases whose values are not given are skipped; docs/dialects lists the values of each dialect.

            Exit codes: 0 everything that was asked agrees; 1 something differs, or nothing was asked; 64 wrong usage.
            """)

    @Option(
        help: "splashify, kaleyra or sinch.",
        transform: { name in
            guard let dialect = Dialect(rawValue: name) else { throw ValidationError("No such dialect: \(name).") }
            return dialect
        }) var dialect: Dialect
    @Option(help: "Address of the server, without the dialect's own path.") var baseURL: String
    @Option(help: "JSON file with the values that cases need; a server's own credentials.json will do.")
    var credentials: String?
    @Option(name: .customLong("set"), help: "One more value, as name=value; may be repeated.") var values: [String] = []
    @Flag(help: "Ask also what costs or changes something.") var allowChanges = false
    @Flag(help: "Members that the documents do not show differ too.") var strict = false
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let runner = ConformanceRunner(baseURL: baseURL, allowsChanges: allowChanges, isStrict: strict)
        let report = await runner.run(dialect, with: try given())
        if json { try JSONOutput.write(report) } else { StandardOutput.write(Self.text(report)) }
        if !report.isGood { throw ExitCode(1) }
    }

    private func given() throws -> ConformanceValues {
        let pairs = try values.map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else { throw ValidationError("--set takes name=value: \(pair)") }
            return (parts[0], parts[1])
        }
        let more = Dictionary(pairs) { $1 }
        guard let credentials else { return ConformanceValues(more) }
        guard let data = FileManager.default.contents(atPath: credentials),
            let values = try? ConformanceValues(json: data, adding: more)
        else { throw ValidationError("\(credentials) is no JSON file that can be read.") }
        return values
    }

    private static func text(_ report: ConformanceReport) -> String {
        let rows = report.lines.map { line in
            [line.result.rawValue, line.status.map(String.init) ?? "-", line.id, line.notes.joined(separator: "; ")]
        }
        let counts =
            "\(report.count(.agrees)) agree, \(report.count(.differs)) differ, \(report.count(.skipped)) skipped"
        return Table.text(["RESULT", "STATUS", "CASE", "NOTES"], rows) + counts + "\n"
    }
}
