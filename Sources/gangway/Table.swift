// SPDX-License-Identifier: Apache-2.0

/// Rows for people on a terminal (aligned, with a head), for scripts otherwise (tabs, no head).
enum Table {
    static func text(_ head: [String], _ rows: [[String]], isTerminal: Bool = StandardOutput.isTerminal) -> String {
        guard isTerminal else { return lines(rows.map { $0.joined(separator: "\t") }) }
        let all = [head] + rows
        let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return lines(
            all.map { row in
                row.indices.dropLast().map { row[$0] + String(repeating: " ", count: widths[$0] - row[$0].count + 2) }
                    .joined() + (row.last ?? "")
            })
    }

    /// One thing, a line for each member.
    static func card(_ members: [(String, String)], isTerminal: Bool = StandardOutput.isTerminal) -> String {
        let width = members.map(\.0.count).max() ?? 0
        return lines(
            members.map { name, value in
                isTerminal ? name + String(repeating: " ", count: width - name.count + 2) + value : name + "\t" + value
            })
    }

    private static func lines(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}
