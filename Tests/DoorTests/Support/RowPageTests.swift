// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// docs/dialects/rows.md: which documented row is shown by which test. The page follows from the tables that the tests run on.
struct RowPageTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/dialects/rows.md")

    /// To write the page anew: `GANGWAY_WRITE_ROWS=1 swift test --filter RowPageTests`.
    @Test func `the page tells of every row what shows it`() throws {
        let expected = Self.text
        if ProcessInfo.processInfo.environment["GANGWAY_WRITE_ROWS"] != nil {
            try expected.write(to: Self.page, atomically: true, encoding: .utf8)
        }
        let lines = Set((try? String(contentsOf: Self.page, encoding: .utf8))?.components(separatedBy: "\n") ?? [])
        let missing = expected.components(separatedBy: "\n").filter { !lines.contains($0) }
        #expect(missing.isEmpty, "docs/dialects/rows.md lacks \(missing.prefix(5))")
        #expect(lines.count == Set(expected.components(separatedBy: "\n")).count, "the page has lines of former rows")
    }

    private static var text: String {
        """
        # Documented rows, and what shows them

        Each row of the vendors' documents with the test that replays it, or why nothing can. This page follows from the tables that the
        tests run on (`RowPageTests`); `gangway conform` asks what can be asked from outside of any server.

        ## Splashify

        Cases are those of `gangway conform --dialect splashify`, asked by `ConformanceTests`; the other names are tests.

        | Page | Row | Shown by |
        |---|---|---|
        \(splashify.joined(separator: "\n"))

        ## Kaleyra

        Requests are replayed by `KaleyraRowTests`. *Open* says what the documents leave open and the fixture pins as our choice.

        | Page | Row | Shown by | Open |
        |---|---|---|---|
        \(kaleyra.joined(separator: "\n"))

        ## Sinch

        Requests below `/v1/projects/{projectId}` are replayed by `SinchReplayTests`; names that end in `Tests` are suites.

        | Row | Shown by |
        |---|---|
        \(sinch.joined(separator: "\n"))

        """
    }

    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("\n", with: " ")
    }

    private static var splashify: [String] {
        SplashifyRow.all.map { row in
            let shown =
                switch row.proof {
                case .cases(let names): "cases " + names.map { "`\($0)`" }.joined(separator: ", ")
                case .tests(let names):
                    names.map { $0.hasPrefix("`") ? "*\($0.dropFirst().dropLast())*" : "`\($0)`" }
                        .joined(separator: ", ")
                case .notVerified(let reason): "not verified: \(reason)"
                }
            return "| \(cell(row.page)) | \(cell(row.row)) | \(cell(shown)) |"
        }
    }

    private static var kaleyra: [String] {
        KaleyraRow.allCases.map { row in
            var requests: [String] = []
            for fixture in row.fixtures {
                let request = "`\(fixture.method) \(fixture.path)` → \(fixture.status)"
                if !requests.contains(request) { requests.append(request) }
            }
            let shown = row.notServed.map { "nothing: \($0)" } ?? requests.joined(separator: ", ")
            let page = row.source.replacing("Kaleyra, ", with: "")
            return "| \(cell(page)) | `\(row.rawValue)` | \(cell(shown)) | \(cell(row.notVerified ?? "")) |"
        }
    }

    private static var sinch: [String] {
        SinchRows.all.map { row in
            let replays = SinchReplayTests.cases.filter { $0.rows.contains(row) }.map {
                "`\($0.method) \($0.path)` → \($0.status)"
            }
            let shown =
                SinchRows.notVerified[row].map { "not verified: \($0)" } ?? SinchRows.shownElsewhere[row].map {
                    "`\($0)`"
                }
                ?? replays.joined(separator: ", ")
            return "| \(cell(row)) | \(cell(shown)) |"
        }
    }
}
