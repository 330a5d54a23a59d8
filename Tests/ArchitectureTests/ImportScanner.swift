// SPDX-License-Identifier: Apache-2.0

/// Finds the `import` declarations of a Swift file: plain, `@testable`, with an access level, or of a single symbol.
enum ImportScanner {
    private static let accessLevels: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    private static let symbolKinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]

    static func modules(in source: String) -> [String] {
        var modules: [String] = []
        var isInText = false
        for line in source.split(whereSeparator: \.isNewline) {
            // Pages and scripts embedded as text have lines of their own that begin with `import`.
            let opensOrCloses = !(line.split(separator: "\"\"\"", omittingEmptySubsequences: false).count - 1)
                .isMultiple(of: 2)
            if !isInText { modules += line.split(separator: ";").compactMap(module(in:)) }
            if opensOrCloses { isInText.toggle() }
        }
        return modules
    }

    private static func module(in statement: Substring) -> String? {
        var words = statement.split(whereSeparator: \.isWhitespace)[...]
        while let word = words.first, word.hasPrefix("@") || accessLevels.contains(word) { words.removeFirst() }
        guard words.popFirst() == "import" else { return nil }
        if let word = words.first, symbolKinds.contains(word) { words.removeFirst() }
        return words.first?.split(separator: ".").first.map { $0.replacing("`", with: "") }.map { String($0) }
    }
}
