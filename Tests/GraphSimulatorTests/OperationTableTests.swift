// SPDX-License-Identifier: Apache-2.0
import Foundation
import GraphSimulator
import Testing

/// The table of calls in docs/simulator.md is the one that the code knows.
@Suite(.timeLimit(.minutes(1)))
struct OperationTableTests {
    private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("docs/simulator.md")
    private static let start = "<!-- calls: written by OperationTableTests, GANGWAY_WRITE_DOCS=1 renews it -->\n"
    private static let end = "<!-- end of calls -->\n"

    @Test func everyOperationHasAPlaceAndIsExplained() async throws {
        try await Sandbox.run { sandbox in
            let rows = try await sandbox.get("/_sandbox/operations").body["data"].list
            #expect(rows.count > 60)
            #expect(Set(rows.map(\.["operation"].string)).count == rows.count)
            for row in rows {
                #expect(!row["path"].string.isEmpty, "\(row["operation"].string) has no path")
                #expect(!row["checks"].string.isEmpty, "\(row["operation"].string) is not explained")
            }
        }
    }

    @Test func theDocumentedTableIsTheCodes() async throws {
        let rows = try await Sandbox.run { try await $0.get("/_sandbox/operations").text }
        let table = Self.table(Value(parsing: rows)["data"].list)
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let start = try #require(text.firstRange(of: Self.start))
        let end = try #require(text.firstRange(of: Self.end))
        if ProcessInfo.processInfo.environment["GANGWAY_WRITE_DOCS"] == "1" {
            let renewed = text[..<start.upperBound] + table + text[end.lowerBound...]
            try String(renewed).write(to: Self.page, atomically: true, encoding: .utf8)
            return
        }
        #expect(text[start.upperBound..<end.lowerBound] == table)
    }

    private static func table(_ rows: [Value]) -> String {
        let head = "| Call | Name | Token | Checked | Simpler than Meta's |\n|---|---|---|---|---|\n"
        return head
            + rows.map { row in
                let permission = row["permission"].string
                let token = row["token"].string + (permission.isEmpty ? "" : ", `\(permission)`")
                return "| `\(row["method"].string) \(row["path"].string)` | `\(row["operation"].string)` | \(token) | "
                    + "\(row["checks"].string) | \(row["simplified"].string) |\n"
            }.joined()
    }
}
