// SPDX-License-Identifier: Apache-2.0

/// The WHERE of a partial index in a form that is the same whether it comes from our migration or was rewritten by
/// PostgreSQL.
enum LogicalPredicate {
    /// The predicate of a `CREATE INDEX` text, or `nil` if the index is not partial.
    static func ofIndex(_ sql: String) -> String? {
        let tokens = SQLToken.tokens(of: sql)
        guard let start = tokens.firstIndex(where: { $0.keyword == "WHERE" }) else { return nil }
        return normal(Array(tokens[(start + 1)...]))
    }

    static func normal(_ predicate: String) -> String { normal(SQLToken.tokens(of: predicate)) }

    /// PostgreSQL adds casts and parentheses and writes `IN (a, b)` as `= ANY (ARRAY[a, b])`.
    private static func normal(_ tokens: [SQLToken]) -> String {
        var words: [String] = []
        var isCast = false
        for token in tokens where token.kind != .space && token.kind != .comment {
            if token.text == ":" {
                isCast = true
            } else if isCast, token.kind == .word {
                isCast = false
            } else if !"()[];".contains(token.text) {
                words.append(token.kind == .word ? token.text.lowercased() : token.text)
            }
        }
        return words.joined(separator: " ")
            .replacing("= any array", with: "in")
            .replacing("< > all array", with: "not in")
            .replacing("! =", with: "< >")
    }
}
