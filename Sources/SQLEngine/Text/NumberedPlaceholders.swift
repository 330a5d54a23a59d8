// SPDX-License-Identifier: Apache-2.0

/// SQL text with `$1`, `$2`, … in place of `?`.
struct NumberedPlaceholders: Equatable {
    let text: String
    let count: Int

    init(_ sql: String) {
        var count = 0
        var text = ""
        for token in SQLToken.tokens(of: sql) {
            if token.kind == .placeholder {
                count += 1
                text += "$\(count)"
            } else {
                text += token.text
            }
        }
        self.text = text
        self.count = count
    }
}
